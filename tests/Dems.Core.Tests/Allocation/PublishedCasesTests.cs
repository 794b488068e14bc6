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
