using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>Binds rules to participants.</summary>
internal static class RuleBinding
{
    /// <summary>The rules that serve a demand from a supply; null for those that name producers themselves.</summary>
    public static ConsumerRule? Bind(AllocationRule rule, NodeTable nodes) => rule switch
    {
        AllocationRule.Static s => new StaticRule(nodes.Shares(s.Shares), s.Rounds, s.Leftover),
        AllocationRule.ProRata => new ProRataRule(),
        AllocationRule.EqualWithCaps e => new EqualWithCapsRule(nodes.Weights(e.Weights, e.DefaultWeight)),
        AllocationRule.Cascade c => BindCascade(c, nodes),
        AllocationRule.VirtualStorage v => Bind(v.Inner, nodes),
        _ => null,
    };

    /// <summary>The rules that name producers themselves; null for the others.</summary>
    public static MatchingRule? BindMatching(AllocationRule rule, NodeTable nodes, LargestRemainder remainders) => rule switch
    {
        AllocationRule.PairCoefficients p => new PairCoefficientsRule(p.Standing, nodes, remainders),
        AllocationRule.UniformPriceAuction u => new UniformPriceRule(new OrderBook(u.Standing, nodes), u.KPpm, u.Tick),
        AllocationRule.PayAsBid b => new PayAsBidRule(new OrderBook(b.Standing, nodes)),
        _ => null,
    };

    /// <summary>The rule with an interval's table in place of its standing one.</summary>
    public static AllocationRule With(AllocationRule rule, IntervalParameters parameters) => (rule, parameters) switch
    {
        (AllocationRule.Static s, IntervalParameters.Shares shares) => s with { Shares = shares.Values },
        (AllocationRule.PairCoefficients p, IntervalParameters.Pairs pairs) => p with { Standing = pairs.Values },
        (AllocationRule.UniformPriceAuction u, IntervalParameters.Orders orders) => u with { Standing = orders.Values },
        (AllocationRule.PayAsBid b, IntervalParameters.Orders orders) => b with { Standing = orders.Values },
        _ => throw new ArgumentException($"{rule.GetType().Name} takes no {parameters.GetType().Name}", nameof(parameters)),
    };

    private static CascadeRule BindCascade(AllocationRule.Cascade rule, NodeTable nodes)
    {
        var openEnded = rule.Tiers[^1].Members.Count == 0;
        var tierOf = nodes.Tiers(rule.Tiers.Select(tier => tier.Members), openEnded ? rule.Tiers.Count - 1 : rule.Tiers.Count);
        return new CascadeRule(tierOf, [.. rule.Tiers.Select((tier, k) => BindInner(tier.Inner, nodes, tierOf, k))]);
    }

    /// <summary>An inner rule whose shares and weights are 0 outside its tier.</summary>
    private static ConsumerRule BindInner(AllocationRule inner, NodeTable nodes, int[] tierOf, int tier) => inner switch
    {
        AllocationRule.Static s => new StaticRule(Masked(nodes.Shares(s.Shares), tierOf, tier), s.Rounds, s.Leftover),
        AllocationRule.EqualWithCaps e => new EqualWithCapsRule(Masked(nodes.Weights(e.Weights, e.DefaultWeight), tierOf, tier)),
        _ => new ProRataRule(),
    };

    private static long[] Masked(long[] vector, int[] tierOf, int tier)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = tierOf[i] == tier ? vector[i] : 0;
        }

        return vector;
    }
}
