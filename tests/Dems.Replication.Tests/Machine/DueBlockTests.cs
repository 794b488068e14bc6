using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Xunit;

namespace Dems.Replication.Tests.Machine;

public sealed class DueBlockTests
{
    private static readonly BlockTime Start = new(1_000_000);
    private static readonly BlockTime Due = Start.Plus(60_000);

    [Fact]
    public void Block_NothingScheduled_IsNeverProposedWithoutEntries()
    {
        var member = new LoneMember(Start, nextDue: null, Unchanged);
        Live(member, Start, Start.Plus(600_000));
        Assert.Empty(member.Blocks);
    }

    [Fact]
    public void Block_DueTimeComes_OneDoesWhatIsDueAndOneCertifiesIt()
    {
        var member = new LoneMember(Start, Due, RunWhatIsDue);
        Live(member, Start, Due.Plus(-1));
        Assert.Empty(member.Blocks);
        Live(member, Due, Due.Plus(600_000));
        Assert.Equal(2, member.Blocks.Count);
        Assert.All(member.Blocks, block => Assert.Empty(block.Leaves));
        Assert.True(member.Blocks[0].Header.Time >= Due);
        Assert.Equal(Hash32.Of("results"u8), member.Blocks[1].Header.ResultsRoot);
    }

    /// <summary>What exceeds the bound of one block stays due, and the next block goes on with it at once.</summary>
    [Fact]
    public void Block_StillDueAfterExecution_IsFollowedByAnother()
    {
        var left = 3;
        var member = new LoneMember(
            Start, Start, (roots, block) => roots with { Height = block.Height, Changed = false, NextDue = --left > 0 ? Start : null });
        Live(member, Start, Start.Plus(10_000));
        Assert.Equal(3, member.Blocks.Count);
    }

    private static ExecutedRoots Unchanged(ExecutedRoots roots, DecidedBlock block) => roots with { Height = block.Height, Changed = false };

    private static ExecutedRoots RunWhatIsDue(ExecutedRoots roots, DecidedBlock block) => roots.NextDue <= block.Block.Header.Time
        ? roots with { Height = block.Height, Changed = true, ResultsRoot = Hash32.Of("results"u8), NextDue = null }
        : Unchanged(roots, block);

    private static void Live(LoneMember member, BlockTime from, BlockTime until)
    {
        for (var now = from; now <= until; now = now.Plus(500))
        {
            member.Tick(now);
        }
    }
}
