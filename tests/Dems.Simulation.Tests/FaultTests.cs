using Xunit;

namespace Dems.Simulation.Tests;

public sealed class FaultTests
{
    [Fact]
    public void Run_WithAllFaults_KeepsEveryPromise() => Seeds.AreClean(1, TestScale.Times(100), new SimulationOptions());

    [Theory]
    [InlineData(ByzantineKind.Equivocator)]
    [InlineData(ByzantineKind.Silent)]
    [InlineData(ByzantineKind.SelectiveSender)]
    [InlineData(ByzantineKind.BodyWithholder)]
    [InlineData(ByzantineKind.LockBreaker)]
    [InlineData(ByzantineKind.InvalidProposer)]
    [InlineData(ByzantineKind.StaleReplayer)]
    [InlineData(ByzantineKind.EvidenceForger)]
    [InlineData(ByzantineKind.FalseGuide)]
    [InlineData(ByzantineKind.GarbageSender)]
    public void Run_WithByzantineMembersOfOneKind_KeepsEveryPromise(ByzantineKind kind) =>
        Seeds.AreClean(1_000, TestScale.Times(8), new SimulationOptions { Byzantine = kind });

    [Fact]
    public void Run_SameSeed_GivesTheSameTrace()
    {
        for (var seed = 1UL; seed <= 5; seed++)
        {
            var first = SimulationRunner.Run(seed, new SimulationOptions());
            var second = SimulationRunner.Run(seed, new SimulationOptions());

            Assert.Equal(first.TraceHash, second.TraceHash, StringComparer.Ordinal);
            Assert.NotEqual(first.TraceHash, SimulationRunner.Run(seed + 1, new SimulationOptions()).TraceHash, StringComparer.Ordinal);
        }
    }
}
