using Dems.Core.Allocation;
using Xunit;

namespace Dems.Core.Tests.Allocation;

/// <summary>Bad rules and inputs are refused with a reason that names what is wrong.</summary>
public sealed class RefusalTests
{
    private static readonly AllocationInput Good = Village.Input(Village.Policy(Village.ProRata), [1, 2], [3, 0]);

    public static TheoryData<string, AllocationRule> BadRules => new()
    {
        { "sum to 1000001", Village.Static(ShareRounds.One, LeftoverTo.Producer, 500_000, 500_001) },
        { "has -1", Village.Static(ShareRounds.One, LeftoverTo.Producer, -1) },
        { "rounds or leftover", Village.Static((ShareRounds)3, LeftoverTo.Producer) },
        { "stands twice", new AllocationRule.Static([new NodeShare(Village.Node(1), 1), new NodeShare(Village.Node(1), 1)], ShareRounds.One, LeftoverTo.Producer) },
        { "out of order", new AllocationRule.Static([new NodeShare(Village.Node(1), 1), new NodeShare(Village.Node(0), 1)], ShareRounds.One, LeftoverTo.Producer) },
        { "weights: -1", new AllocationRule.EqualWithCaps([new NodeWeight(Village.Node(0), -1)], 1) },
        { "weights: 1000001", new AllocationRule.EqualWithCaps([], 1_000_001) },
        { "at least one tier", new AllocationRule.Cascade([]) },
        { "tier 0 is empty", new AllocationRule.Cascade([new CascadeTier([], Village.ProRata), new CascadeTier([Village.Node(0)], Village.ProRata)]) },
        { "stands twice", new AllocationRule.Cascade([new CascadeTier([Village.Node(0)], Village.ProRata), new CascadeTier([Village.Node(0)], Village.ProRata)]) },
        { "a tier may use", new AllocationRule.Cascade([new CascadeTier([], new AllocationRule.PayAsBid([]))]) },
        { "belongs to the next tier", new AllocationRule.Cascade([new CascadeTier([], Village.Static(ShareRounds.One, LeftoverTo.Consumer))]) },
        { "tiers, at most 64", new AllocationRule.Cascade([.. Enumerable.Range(0, 65).Select(i => new CascadeTier([Village.Node(i)], Village.ProRata))]) },
        { "sum to 1000000 at most", new AllocationRule.PairCoefficients([new PairShare(Village.Node(0), Village.Node(0), 999_999), new PairShare(Village.Node(0), Village.Node(1), 2)]) },
        { "twice or out of order", new AllocationRule.PairCoefficients([new PairShare(Village.Node(0), Village.Node(1), 1), new PairShare(Village.Node(0), Village.Node(1), 1)]) },
        { "k = -1", new AllocationRule.UniformPriceAuction([], -1, 1) },
        { "tick 0", new AllocationRule.UniformPriceAuction([], 0, 0) },
        { "must lie within", new AllocationRule.PayAsBid([new LimitOrder(Village.Node(0), AllocationBounds.MaxPrice + 1, null)]) },
        { "needs self = first", new AllocationRule.VirtualStorage([], Village.ProRata) },
    };

    [Theory]
    [MemberData(nameof(BadRules))]
    public void Policy_WithABadRule_IsRefusedWithTheReason(string reason, AllocationRule rule) => Assert.Contains(reason, Village.Policy(rule).Refusal(), StringComparison.Ordinal);

    [Fact]
    public void Policy_OfStorage_ChecksUnitsAndInnerRule()
    {
        AllocationPolicy Of(StorageUnit unit, AllocationRule inner) => Village.Policy(new AllocationRule.VirtualStorage([unit], inner), self: SelfSharing.First);
        var unit = new StorageUnit(Village.Node(0), 10, 10, 900_000, 900_000);

        Assert.Null(Of(unit, Village.ProRata).Refusal());
        Assert.Contains("out of bounds", Of(unit with { ChargePpm = 0 }, Village.ProRata).Refusal(), StringComparison.Ordinal);
        Assert.Contains("out of bounds", Of(unit with { MaxEnergyWh = AllocationBounds.MaxStorage + 1 }, Village.ProRata).Refusal(), StringComparison.Ordinal);
        Assert.Contains("not PayAsBid", Of(unit, new AllocationRule.PayAsBid([])).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_ForbiddingSelf_RefusesATableThatAssignsAProducerToItself()
    {
        var pairs = new AllocationRule.PairCoefficients([new PairShare(Village.Node(0), Village.Node(0), 1)]);

        Assert.Null(Village.Policy(pairs).Refusal());
        Assert.Contains("assigns a producer to itself", Village.Policy(pairs, self: SelfSharing.Forbidden).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Input_OutOfBounds_IsRefusedWithTheReason()
    {
        Participant Node(int i, long consumption = 0, long production = 0) => new(Village.Node(i), consumption, production);

        Assert.Contains("out of order", Village.Refusal(Good with { Participants = [Node(1), Node(0)] }), StringComparison.Ordinal);
        Assert.Contains("stands twice", Village.Refusal(Good with { Participants = [Node(1), Node(1)] }), StringComparison.Ordinal);
        Assert.Contains("consumption of participant 0: -1", Village.Refusal(Good with { Participants = [Node(0, -1)] }), StringComparison.Ordinal);
        Assert.Contains("production of participant 0", Village.Refusal(Good with { Participants = [Node(0, 0, AllocationBounds.MaxQuantity + 1)] }), StringComparison.Ordinal);
        Assert.Contains("interval of 0 s", Village.Refusal(Good with { Interval = Good.Interval with { Duration = 0 } }), StringComparison.Ordinal);
        Assert.Contains("takes no shares", Village.Refusal(Good with { Parameters = new IntervalParameters.Shares([]) }), StringComparison.Ordinal);
        Assert.Contains("holds -1", Village.Refusal(Good with { Storage = [new StorageState(Village.Node(0), -1)] }), StringComparison.Ordinal);
    }

    /// <summary>A sum of 2^62 is allocated to the watt-hour; one more is refused.</summary>
    [Fact]
    public void Input_AtTheBounds_IsAllocatedExactly()
    {
        const int Nodes = 1 << 15;
        var most = new long[Nodes];
        Array.Fill(most, AllocationBounds.MaxTotal / Nodes);
        var less = new long[Nodes];
        Array.Fill(less, AllocationBounds.MaxTotal / Nodes - 1);
        var addresses = Enumerable.Range(0, Nodes).Select(i => new Core.Energy.NodeAddress(Samples.HashOf($"{i}").ToArray().AsSpan(0, 20))).Order().ToArray();
        Assert.True(AllocationPlan.TryCreate(Samples.Chain, Core.Energy.Carrier.Electricity, Village.Policy(Village.ProRata), addresses, out var plan, out _));
        var outcome = plan.NewOutcome();

        Assert.True(plan.TryAllocate(0, 900, most, less, null, outcome, out var error), error);
        Assert.Equal(AllocationBounds.MaxTotal - Nodes, outcome.Allocated);
        most[0]++;
        Assert.False(plan.TryAllocate(0, 900, most, less, null, outcome, out error));
        Assert.Contains("the sum exceeds", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Aggregation_OfIntervalsThatDoNotFillTheHour_IsRefused()
    {
        var hourly = Good with { Policy = Good.Policy with { SettlementInterval = 3_600 } };

        Assert.False(SettlementIntervals.TryAggregate([hourly], out _, out var error));
        Assert.Contains("do not fill", error, StringComparison.Ordinal);
        Assert.False(SettlementIntervals.TryAggregate([hourly, hourly, hourly, hourly], out _, out error));
        Assert.Contains("not adjacent", error, StringComparison.Ordinal);
    }
}
