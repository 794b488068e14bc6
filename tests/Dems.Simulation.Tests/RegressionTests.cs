using Xunit;

namespace Dems.Simulation.Tests;

/// <summary>Seeds that once found a mistake. What a seed stands for shifts when the simulation changes; the list costs little and keeps what is still true of it.</summary>
public sealed class RegressionTests
{
    /// <summary>A member restarted with its lock, but without the prevotes behind it: nobody could show them to the others, and the height never ended.</summary>
    [Fact]
    public void Seed1015_InvalidProposer() => Seeds.AreClean(1_015, 1, new SimulationOptions { Byzantine = ByzantineKind.InvalidProposer });

    /// <summary>
    /// A member heard at its start that a height was decided, and so signed nothing there; the only one that had decided it lost its disk. The proof was
    /// forgotten, and the two others were no quorum.
    /// </summary>
    [Fact]
    public void Seed2412_ProofFromAMemberThatForgot() => Seeds.AreClean(2_412, 1, new SimulationOptions());

    /// <summary>
    /// One precommit of three was known to one member only, whose round it ended; then the power failed, and its author lost its disk. The member went on in its
    /// round and could not tell the others why: they were two, and each round one vote short.
    /// </summary>
    [Fact]
    public void Seed15999_RoundThatNobodyElseCouldEnter() => Seeds.AreClean(15_999, 1, new SimulationOptions());
}
