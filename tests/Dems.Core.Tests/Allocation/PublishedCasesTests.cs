using Dems.Core.Allocation;
using Xunit;

namespace Dems.Core.Tests.Allocation;

/// <summary>Examples that were published before this code was written, and those of docs/allocation.md.</summary>
public sealed class PublishedCasesTests
{
    // e-gemeinschaft.at/verteilung.php: consumptions of sixteen members in one quarter-hour, P = 4241 Wh.
    private static readonly long[] Poets = [572, 395, 632, 323, 55, 10, 276, 245, 515, 218, 223, 47, 513, 27, 394, 472];

    /// <summary>The published column has 442 for the 13th and sums to 4240.</summary>
    [Fact]
    public void ProRata_OfThePoets_GivesThePublishedColumnAndTheMissingWattHour()
    {
        var result = WithOneProducer(Village.Policy(Village.ProRata), Poets, 4241);

        Assert.Equal([493, 341, 545, 279, 47, 9, 238, 211, 444, 188, 192, 41, 443, 23, 340, 407], result.Received()[..^1]);
        Assert.Equal(4241, result.Allocated);
    }

    /// <summary>The level is 405.6: of five unsaturated, three get 406 and two 405.</summary>
    [Fact]
    public void EqualWithCaps_OfThePoets_LevelsAt405And3Fifths()
    {
        var received = WithOneProducer(Village.Policy(Village.Equal), Poets, 4241).Received()[..^1];

        var unsaturated = received.Where((a, i) => a < Poets[i]).Order().ToArray();
        Assert.Equal([405, 405, 406, 406, 406], unsaturated);
        Assert.All(received.Zip(Poets), pair => Assert.True(pair.First == pair.Second || pair.Second > 405));
        Assert.Equal(4241, received.Sum());
    }

    [Fact]
    public void Cascade_OneKilowattHourForTwoTiers_ServesTheFirstInFull()
    {
        var cascade = new AllocationRule.Cascade([new CascadeTier([Village.Node(1)], Village.ProRata), new CascadeTier([Village.Node(2)], Village.ProRata)]);

        var result = Village.Allocate(Village.Policy(cascade), [0, 400, 800], [1_000, 0, 0]);

        Assert.Equal([0, 400, 600], result.Received());
        Assert.Equal(200, result.Nodes[2].Grid);
    }

    [Theory]
    [InlineData(ShareRounds.One, 30)]
    [InlineData(ShareRounds.All, 0)]
    public void Static_HalfAndHalf_ExportsWhatOneRoundLeaves(ShareRounds rounds, long exported)
    {
        var halves = Village.Static(rounds, LeftoverTo.Producer, 500_000, 500_000);

        var result = WithOneProducer(Village.Policy(halves), [20, 200], 100);

        Assert.Equal(exported, result.Export);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void ProducerKey_OneProducerHasNothing_PlacesAllOnTheOther(ProducerKey key)
    {
        var result = Village.Allocate(Village.Policy(Village.ProRata, key), [0, 0, 100], [100, 0, 0]);

        Assert.Equal([100, 0, 0], result.Sold());
    }

    /// <summary>M 10, s 9, g 4, d 1, lossless: one is used, one stored, two are shared.</summary>
    [Fact]
    public void VirtualStorage_NearlyFull_SharesWhatIsBeyondItsCapacity()
    {
        var storage = new AllocationRule.VirtualStorage([new StorageUnit(Village.Node(0), 10, 1_000, 1_000_000, 1_000_000)], Village.ProRata);
        var input = Village.Input(Village.Policy(storage, self: SelfSharing.First), [1, 100], [4, 0]) with { Storage = [new StorageState(Village.Node(0), 9_000_000)] };

        var result = Village.Allocate(input);

        Assert.Equal([new StorageState(Village.Node(0), 10_000_000)], result.Storage);
        Assert.Equal([1, 2], result.Received());
        Assert.Equal(new Transfer(Village.Node(0), Village.Node(1), 2), result.Transfers[1]);
        Assert.Equal(0, result.Export);
    }

    [Theory]
    [InlineData(0, 4_000_000)]
    [InlineData(500_000, 4_500_000)]
    [InlineData(1_000_000, 5_000_000)]
    public void Auction_SevenUnitOffersAndBids_TradesThreeBetween4And5(int k, long price)
    {
        long[] asks = [2, 3, 3, 5, 6, 7, 8];
        var orders = asks.Select((ask, i) => new LimitOrder(Village.Node(i), null, ask * 1_000_000))
            .Concat(Enumerable.Range(1, 7).Select(bid => new LimitOrder(Village.Node(6 + bid), bid * 1_000_000, null)));
        var auction = new AllocationRule.UniformPriceAuction([.. orders], k, Tick: 1);

        var result = Village.Allocate(Village.Policy(auction), [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);

        Assert.Equal(3, result.Allocated);
        Assert.Equal((4_000_000, 5_000_000), (result.Auction!.Lower, result.Auction.Upper));
        Assert.Equal(price, result.Auction.Price);
    }

    /// <summary>The bounds are unit-wise: the rest of the half-filled bid at 2 is the first rejected one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    [InlineData(1_000_000)]
    public void Auction_HalfFilledBid_FixesThePriceForEveryK(int k)
    {
        var auction = new AllocationRule.UniformPriceAuction(
            [
                new LimitOrder(Village.Node(0), null, 1_000_020),
                new LimitOrder(Village.Node(1), null, 2_400_000),
                new LimitOrder(Village.Node(2), null, 5_000_000),
                new LimitOrder(Village.Node(3), 1_000_000, null),
                new LimitOrder(Village.Node(4), 2_000_000, null),
                new LimitOrder(Village.Node(5), 3_000_000, null),
            ], k, Tick: 1);

        var result = Village.Allocate(Village.Policy(auction), [0, 0, 0, 10, 15, 20], [25, 35, 30, 0, 0, 0]);

        Assert.Equal((25L, 2_000_000L), (result.Allocated, result.Auction!.Price));
        Assert.Equal([0, 0, 0, 0, 5, 20], result.Received());
        Assert.Equal([25, 0, 0, 0, 0, 0], result.Sold());
    }

    [Theory]
    [InlineData(3_600, 4)]
    [InlineData(0, 1)]
    public void SettlementInterval_SupplyInTheFirstQuarterHour_SharesMoreByTheHour(int settlementInterval, long shared)
    {
        var policy = Village.Policy(Village.ProRata) with { SettlementInterval = settlementInterval };
        long[] supply = [4, 0, 0, 0];
        var metered = supply.Select((p, i) => Village.Input(policy, [0, 1], [p, 0]) with { Interval = Village.Interval with { Start = Samples.Midnight + i * 900 } }).ToList();

        Assert.True(SettlementIntervals.TryAggregate(metered, out var settled, out _));

        Assert.Equal(shared, settled.Sum(input => Village.Allocate(input).Allocated));
    }

    public static TheoryData<ProducerKey> Keys =>
    [
        new ProducerKey.ProRata(),
        new ProducerKey.WaterFilled(),
        new ProducerKey.Priority([[Village.Node(1)], [Village.Node(0)]]),
        new ProducerKey.Percentages([new NodeShare(Village.Node(0), 300_000), new NodeShare(Village.Node(1), 700_000)]),
    ];

    private static AllocationResult WithOneProducer(AllocationPolicy policy, long[] consumption, long production) =>
        Village.Allocate(policy, [.. consumption, 0], [.. consumption.Select(_ => 0L), production]);
}
