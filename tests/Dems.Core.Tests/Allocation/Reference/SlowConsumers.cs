using System.Numerics;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation.Reference;

/// <summary>Rules 1 to 4 in rational numbers, from their formulas.</summary>
internal sealed class SlowConsumers(Hamilton hamilton, NodeAddress[] nodes)
{
    public (BigInteger[] Given, BigInteger[] Leftover) Serve(AllocationRule rule, BigInteger supply, BigInteger[] demand) => rule switch
    {
        AllocationRule.Static s => Static(s, supply, demand, [.. nodes.Select(n => s.Shares.FirstOrDefault(share => share.Node == n).PartsPerMillion)]),
        AllocationRule.ProRata => (ProRata(supply, demand), None()),
        AllocationRule.EqualWithCaps e => (WaterFill(supply, demand, WeightsOf(e)), None()),
        AllocationRule.Cascade c => (Cascade(c, supply, demand), None()),
        AllocationRule.VirtualStorage v => Serve(v.Inner, supply, demand),
        _ => throw new ArgumentException($"{rule}", nameof(rule)),
    };

    public BigInteger[] ProRata(BigInteger supply, BigInteger[] demand)
    {
        var all = Hamilton.Sum(demand);
        return supply >= all ? demand : hamilton.Round(nodes, [.. demand.Select(c => new Ratio(supply * c, all))]);
    }

    /// <summary>Sorted by the level at which each is saturated; the level rises from one to the next until the supply is used up.</summary>
    public BigInteger[] WaterFill(BigInteger supply, BigInteger[] caps, BigInteger[] weights)
    {
        var given = None();
        var open = Enumerable.Range(0, nodes.Length).Where(i => weights[i] > 0).OrderBy(i => new Ratio(caps[i], weights[i])).ToList();
        var level = (Ratio)0;
        while (open.Count > 0)
        {
            level = new Ratio(supply, Hamilton.Sum(open.Select(i => weights[i])));
            if (new Ratio(caps[open[0]], weights[open[0]]) > level)
            {
                break;
            }

            given[open[0]] = caps[open[0]];
            supply -= caps[open[0]];
            open.RemoveAt(0);
        }

        var parts = hamilton.Round([.. open.Select(i => nodes[i])], [.. open.Select(i => level * weights[i])]);
        foreach (var (i, part) in open.Zip(parts))
        {
            given[i] = part;
        }

        return given;
    }

    private BigInteger[] WeightsOf(AllocationRule.EqualWithCaps rule) =>
        [.. nodes.Select(n => (BigInteger)(rule.Weights.Any(w => w.Node == n) ? rule.Weights.First(w => w.Node == n).Weight : rule.DefaultWeight))];

    private (BigInteger[] Given, BigInteger[] Leftover) Static(AllocationRule.Static rule, BigInteger supply, BigInteger[] demand, int[] shares)
    {
        var assigned = hamilton.Round(nodes, [.. shares.Select(s => new Ratio(supply * s, 1_000_000))]);
        var given = assigned.Zip(demand, BigInteger.Min).ToArray();
        var toConsumers = rule.Leftover == LeftoverTo.Consumer;
        if (rule.Rounds == ShareRounds.One)
        {
            return (given, toConsumers ? [.. assigned.Zip(given, (q, a) => q - a)] : None());
        }

        var unused = Hamilton.Sum(assigned) - Hamilton.Sum(given);
        while (true)
        {
            var unsatisfied = Enumerable.Range(0, nodes.Length).Where(i => given[i] < demand[i] && shares[i] > 0).ToList();
            if (unused == 0 || unsatisfied.Count == 0)
            {
                break;
            }

            var sum = unsatisfied.Sum(i => shares[i]);
            var parts = hamilton.Round([.. unsatisfied.Select(i => nodes[i])], [.. unsatisfied.Select(i => new Ratio(unused * shares[i], sum))]);
            foreach (var (i, part) in unsatisfied.Zip(parts))
            {
                var used = BigInteger.Min(part, demand[i] - given[i]);
                given[i] += used;
                unused -= used;
            }
        }

        return (given, toConsumers && unused > 0 ? hamilton.Round(nodes, [.. shares.Select(s => new Ratio(unused * s, shares.Sum()))]) : None());
    }

    private BigInteger[] Cascade(AllocationRule.Cascade rule, BigInteger supply, BigInteger[] demand)
    {
        var given = None();
        var named = rule.Tiers.SelectMany(t => t.Members).ToHashSet();
        foreach (var tier in rule.Tiers)
        {
            var members = Enumerable.Range(0, nodes.Length).Where(i => tier.Members.Count == 0 ? !named.Contains(nodes[i]) : tier.Members.Contains(nodes[i])).ToArray();
            var inside = new SlowConsumers(hamilton, [.. members.Select(i => nodes[i])]);
            var (parts, _) = inside.Serve(tier.Inner, supply, [.. members.Select(i => demand[i])]);
            foreach (var (i, part) in members.Zip(parts))
            {
                given[i] = part;
                supply -= part;
            }
        }

        return given;
    }

    private BigInteger[] None() => new BigInteger[nodes.Length];
}
