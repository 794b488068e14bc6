using Xunit;

namespace Dems.Simulation.Tests;

/// <summary>Seeds that once found a mistake. What a seed stands for shifts when the simulation changes; the list costs little and keeps what is still true of it.</summary>
public sealed class RegressionTests
{
    /// <summary>A member restarted with its lock, but without the prevotes behind it: nobody could show them to the others, and the height never ended.</summary>
    [Fact]
    public void Seed1015_InvalidProposer() => Seeds.AreClean(1_015, 1, new SimulationOptions { Byzantine = ByzantineKind.InvalidProposer });
}
