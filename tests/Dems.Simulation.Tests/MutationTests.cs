using Xunit;

namespace Dems.Simulation.Tests;

/// <summary>A simulation that finds nothing proves nothing: each rule, broken on purpose, is noticed.</summary>
public sealed class MutationTests
{
    private const int MaxSeeds = 2_000;

    [Theory]
    [InlineData(Mutation.IgnoreLock, "another decided")]
    [InlineData(Mutation.SkipSafetyRow, "")]
    [InlineData(Mutation.PrevoteWithoutBodies, "without holding the body")]
    [InlineData(Mutation.ClockOnReproposals, "no progress")]
    [InlineData(Mutation.FreshMissingRow, "signed two")]
    public void Run_WithABrokenRule_IsNoticed(Mutation mutation, string how)
    {
        var sweep = SimulationRunner.Sweep(
            1,
            MaxSeeds,
            new SimulationOptions { Mutation = mutation },
            threads: Environment.ProcessorCount,
            stopAtFailure: true,
            _ => { },
            TestContext.Current.CancellationToken);

        Assert.NotEmpty(sweep.Failures);
        Assert.Contains(how, string.Join('\n', sweep.Failures[0].Violations), StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_EveryName_GivesAMutation()
    {
        foreach (var name in MutationNames.All)
        {
            Assert.True(MutationNames.TryParse(name, out var mutation));
            Assert.NotEqual(Mutation.None, mutation);
        }

        Assert.False(MutationNames.TryParse("none", out _));
    }
}
