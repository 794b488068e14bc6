using CsCheck;
using Xunit;

namespace Dems.Core.Tests.Consensus.Network;

/// <summary>Properties of n machines together. A failure names its seed; <see cref="Seeds_ThatOnceFailed_Pass"/> keeps it.</summary>
public sealed class ConsensusNetworkTests
{
    [Theory]
    [InlineData(1, 0, 100)]
    [InlineData(2, 0, 100)]
    [InlineData(4, 0, 100)]
    [InlineData(4, 1, 300)]
    [InlineData(5, 1, 60)]
    [InlineData(7, 2, 60)]
    [InlineData(10, 3, 10)]
    public void Chaos_ThenAHealedNetwork_StaysSafeAndDecides(int validators, int liars, int times) =>
        Gen.Int.NonNegative.Sample(seed => Run(seed, validators, liars), iter: TestScale.Times(times));

    [Theory]
    [InlineData(287, 4, 1)] // A lock whose proof was lost in a restart: the snapshot carries it since.
    [InlineData(247, 4, 1)] // A lock proved by a second vote, which members that held the first one dropped.
    public void Seeds_ThatOnceFailed_Pass(int seed, int validators, int liars) => Run(seed, validators, liars);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(100)]
    public void HealthyNetwork_DecidesInRound0_WithoutAnyTimeout(int validators)
    {
        var network = new ConsensusNetwork(seed: 1, validators, liars: 0);
        network.Start();
        network.Settle();

        Assert.True(network.AllDecided);
        Assert.Equal(0, network.HighestRound);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(7, 2)]
    public void SilentLiars_AreWaitedForAndPassedBy(int validators, int liars)
    {
        var network = new ConsensusNetwork(seed: 1, validators, liars);
        network.Start();
        network.Heal(roundsAllowed: liars, liarsGoOn: false);

        Assert.True(network.AllDecided);
    }

    private static void Run(int seed, int validators, int liars)
    {
        try
        {
            var network = new ConsensusNetwork(seed, validators, liars);
            network.Start();
            network.Chaos(events: 100 + seed % 20 * 50 * validators / 4);
            network.Heal(roundsAllowed: validators + 2, liarsGoOn: seed % 2 == 0);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed}, {validators} validators, {liars} liars: {failure.Message}", failure);
        }
    }
}
