using Dems.Core.Allocation;
using Dems.Core.Allocation.Presets;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;
using Xunit;

namespace Dems.Core.Tests.Ledger.Execution.Intervals;

/// <summary>
/// Real homes under each rule and each preset, on both bases, on the chain: whatever the order and the parts in which readings come, and however often an interval is
/// allocated before it is complete, what each home nets in each interval is the same. A month of the year by default; DEMS_TEST_SCALE=12 takes all of it.
/// </summary>
public sealed class YearOfHomesTests
{
    private const int Hour = 3_600;
    private const int HoursPerMonth = 730;
    private const int HoursPerYear = 8_760;

    private static readonly NodeAddress[] Homes = Village.AddressesOf(MeteredHomes.Count);

    public static TheoryData<string> Policies => [.. RuleNames.Concat(AllocationPresets.All.Select(preset => preset.Name))];

    private static string[] RuleNames => ["static rounds", "pro rata", "equal with caps", "weighted caps", "cascade", "pairs", "uniform price", "pay as bid"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Year_OnTheGridBasis_IsTheSameInAnyOrderAndConserved(string policy) => Check(policy, AllocationBasis.Grid);

    [Theory]
    [MemberData(nameof(Policies))]
    public void Year_OnTheGrossBasis_IsTheSameInAnyOrderAndConserved(string policy) => Check(policy, AllocationBasis.Gross);

    private static void Check(string name, AllocationBasis basis)
    {
        var homes = MeteredHomes.Read((int)Math.Min(HoursPerYear, TestScale.Times(HoursPerMonth)));
        var (consumption, production) = SidesOf(homes, basis);
        var policy = PolicyOf(name) with { Basis = basis, SettlementInterval = 0 };
        var terms = PoolTerms.Default with { Interval = Hour, Grace = 0, MaxGrace = 0, Window = PoolTerms.MaxSeconds, Policy = policy };
        var sides = (basis == AllocationBasis.Grid ? Register.Import : Register.Consumption, basis == AllocationBasis.Grid ? Register.Export : Register.Generation);

        var inOrder = new Village(MeteredHomes.Count, terms, producers: MeteredHomes.Count);
        foreach (var block in BatchesOf(inOrder, sides, consumption, production, size: 168).Chunk(40))
        {
            ExecuteAll(inOrder, block);
        }

        // Backwards, in parts of other sizes, with blocks that do not go by home: with no grace, intervals close with what is there and are allocated again.
        var scattered = new Village(MeteredHomes.Count, terms, producers: MeteredHomes.Count);
        foreach (var block in BatchesOf(scattered, sides, consumption, production, size: 101).Reverse().Chunk(7))
        {
            scattered.Now += Hour;
            scattered.Proposer = (scattered.Proposer + 1) % 4;
            ExecuteAll(scattered, block);
        }

        var expected = NetOf(inOrder, homes.Hours, out _);
        Assert.Equal(expected, NetOf(scattered, homes.Hours, out var again));
        Assert.True(again > 0, "no interval was allocated twice: the test proves less than it says");
        for (var hour = 0; hour < homes.Hours; hour++)
        {
            var sums = expected[hour].Aggregate(default(AllocatedAmounts), (sum, home) => sum + home);
            Assert.Equal((consumption.Sum(home => home[hour]), production.Sum(home => home[hour])), (sums.Consumption, sums.Production));
            Assert.Equal(sums.Allocated, sums.Sold);
            Assert.All(expected[hour], home => Assert.True(home is { Allocated: >= 0, Sold: >= 0, Grid: >= 0, Export: >= 0 }, $"hour {hour}: {home}"));
        }
    }

    // Sequence numbers go by the order of signing, which is that of sending.
    private static IEnumerable<Func<OpenedEntry>> BatchesOf(Village village, (Register Consumption, Register Production) sides, long[][] consumption, long[][] production, int size)
    {
        for (var first = 0; first < consumption[0].Length; first += size)
        {
            for (var home = 0; home < MeteredHomes.Count; home++)
            {
                var (from, who) = (first, home);
                yield return () => village.Reads(who, RunOf(sides.Consumption, consumption[who], from, size));
                yield return () => village.Reads(who, RunOf(sides.Production, production[who], from, size));
            }
        }
    }

    private static ReadingRun RunOf(Register register, long[] quantities, int first, int size) =>
        new(register, Village.Midnight + ((long)first * Hour), Hour, Quality.Derived, 0, quantities.Skip(first).Take(size).ToArray());

    private static void ExecuteAll(Village village, Func<OpenedEntry>[] batches) =>
        Assert.All(village.Execute([.. batches.Select(sign => sign())]), outcome => Assert.Equal(EntryOutcome.Applied, outcome));

    // Import and export of a home with panels behind its meter are what load and generation leave of each other.
    private static (long[][] Consumption, long[][] Production) SidesOf(MeteredHomes homes, AllocationBasis basis) => basis == AllocationBasis.Gross
        ? (homes.Load, homes.Generation)
        : (Excess(homes.Load, homes.Generation), Excess(homes.Generation, homes.Load));

    private static long[][] Excess(long[][] of, long[][] over) => [.. of.Zip(over, (x, y) => x.Zip(y, (a, b) => Math.Max(a - b, 0)).ToArray())];

    /// <summary>What each home got in each hour by the newest allocation, and how many hours were allocated more than once.</summary>
    private static AllocatedAmounts[][] NetOf(Village village, int hours, out int again)
    {
        again = 0;
        // Whatever is still due closes; nothing may stay open.
        while (village.State.NextDue is { } due && due.UnixMilliseconds <= village.Now * 1_000)
        {
            village.Proposer = (village.Proposer + 1) % 4;
            village.Execute();
        }

        var net = new AllocatedAmounts[hours][];
        var state = village.State.Allocation;
        foreach (var interval in state.DaysOf(Carrier.Electricity).SelectMany(day => state.OnDay(Carrier.Electricity, day)))
        {
            Assert.True(interval is { IsAllocated: true, IsCorrected: false }, $"{interval}");
            again += interval.Revision > 0 ? 1 : 0;
            var amounts = interval.Amounts.ToDictionary();
            net[(interval.Start - Village.Midnight) / Hour] = [.. Homes.Select(home => amounts.GetValueOrDefault(home))];
        }

        Assert.DoesNotContain(null, net);
        return net;
    }

    private static AllocationPolicy PolicyOf(string name)
    {
        if (AllocationPresets.Find(name) is { } preset && preset.Name == name)
        {
            return preset.For([.. Homes.Order()]);
        }

        var nodes = Homes.Order().ToArray();
        var shares = nodes.Select((node, i) => new NodeShare(node, 100_000 + (50_000 * i))).ToArray();
        AllocationRule rule = name switch
        {
            "static rounds" => new AllocationRule.Static(shares, ShareRounds.All, LeftoverTo.Producer),
            "pro rata" => new AllocationRule.ProRata(),
            "equal with caps" => new AllocationRule.EqualWithCaps([], 1),
            "weighted caps" => new AllocationRule.EqualWithCaps([new NodeWeight(nodes[0], 3), new NodeWeight(nodes[2], 0)], 1),
            "cascade" => new AllocationRule.Cascade([new CascadeTier([nodes[1], nodes[3]], new AllocationRule.ProRata()), new CascadeTier([nodes[0], nodes[2], nodes[4]], new AllocationRule.EqualWithCaps([], 1))]),
            "pairs" => new AllocationRule.PairCoefficients([.. PairsOf(nodes)]),
            "uniform price" => new AllocationRule.UniformPriceAuction([.. OrdersOf(nodes)], KPpm: 500_000, Tick: 1),
            "pay as bid" => new AllocationRule.PayAsBid([.. OrdersOf(nodes)]),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "not a rule"),
        };
        return PoolTerms.Default.Policy with { Rule = rule };
    }

    private static IEnumerable<PairShare> PairsOf(NodeAddress[] nodes) =>
        from producer in nodes from consumer in nodes where producer != consumer select new PairShare(producer, consumer, 200_000);

    private static IEnumerable<LimitOrder> OrdersOf(NodeAddress[] nodes) => nodes.Select((node, i) => new LimitOrder(node, 150_000 + (20_000 * i), 80_000 + (30_000 * i)));
}
