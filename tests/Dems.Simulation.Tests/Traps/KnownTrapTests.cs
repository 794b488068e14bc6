using Dems.Core.Consensus;
using Dems.Replication.Protocol;
using Dems.Simulation.Faults;
using Dems.Simulation.Network;
using Xunit;

namespace Dems.Simulation.Tests.Traps;

/// <summary>Mistakes that other systems made, each played with several replicas on simulated disks and networks.</summary>
public sealed class KnownTrapTests
{
    /// <summary>
    /// IBFT locked members on different blocks and none could move (arXiv 1901.07160). Here a member decides alone, the others are locked in part and hear
    /// proposals of members that know of no lock: afterwards they all decide the same, soon.
    /// </summary>
    [Theory]
    [InlineData(4, 500)]
    [InlineData(4, 5_000)]
    [InlineData(4, 20_000)]
    [InlineData(7, 5_000)]
    public void Locks_OnDifferentBlocks_EndInOneDecision(int validators, int blackoutMs)
    {
        using var stage = new Stage(validators);
        var deaf = Enumerable.Range(1, (validators - 1) / 3).ToList();
        var blackout = new VoteBlackout(0, deaf);
        stage.Pass((from, to, message) => blackout.Filter(to, FrameOf(from, message)) is not null);
        for (var member = 0; member < validators; member++)
        {
            stage.Submit(member);
            stage.Run(blackoutMs / validators);
        }

        stage.PassEverything();

        stage.Await(stage.AllKept, 15_000);
    }

    /// <summary>
    /// Without validValue a proposer that is not locked goes on proposing what the locked ones refuse (tendermint 1047). Here one of four is locked, with the help of
    /// one that is gone afterwards: nothing but the locked block can be decided, and the two others must find that out.
    /// </summary>
    [Fact]
    public void Lock_OfOneMember_IsTakenUpByTheOthers()
    {
        using var stage = new Stage();
        stage.Pass((_, to, message) => message switch
        {
            PeerMessage.BlockProposed { Proposal.Round: 0 } => to != 2,
            PeerMessage.VoteCast { Vote: { Type: VoteType.Prevote, Round: 0, Validator: 3 } } => to == 0,
            PeerMessage.VoteCast { Vote: { Type: VoteType.Prevote, Round: 0, Validator: 1 } } => to != 3,
            _ => true,
        });
        stage.Submit(1);
        stage.Await(() => stage.SafetyOf(0).LockedRound == 0, 5_000);
        stage.Crash(3);
        stage.Await(() => stage.RoundOf(1) >= 1 && stage.RoundOf(2) >= 1, 10_000);
        var locked = stage.SafetyOf(0).LockedBlock;
        Assert.Equal(-1, stage.SafetyOf(1).LockedRound);
        Assert.Equal(-1, stage.SafetyOf(2).LockedRound);

        stage.PassEverything();

        stage.Await(() => stage.HeadOf(0) >= 1 && stage.HeadOf(1) >= 1 && stage.HeadOf(2) >= 1, 20_000);
        Assert.Equal(locked, stage.Members[1].Disk.Image.Blocks[0].Hash);
    }

    /// <summary>A cluster that loses power in the middle of a round knows its votes from the rows only; it must still end the height.</summary>
    [Theory]
    [InlineData(450)]
    [InlineData(700)]
    [InlineData(1_300)]
    [InlineData(2_600)]
    public void PowerFailure_InTheMiddleOfARound_EndsTheHeightAfterwards(int afterMs)
    {
        using var stage = new Stage();
        stage.Pass((_, to, message) => message is not PeerMessage.VoteCast { Vote.Type: VoteType.Precommit } || to == 0);
        stage.Submit(0);
        stage.Run(afterMs);
        foreach (var member in stage.Members)
        {
            member.Crash();
        }

        stage.PassEverything();
        foreach (var member in stage.Members)
        {
            member.Start();
        }

        stage.Await(stage.AllKept, 10_000);
    }

    /// <summary>Members that change rounds by their own timers drift apart while nobody hears them. Here a partition of a minute leaves them at the same round.</summary>
    [Fact]
    public void Partition_OfAMinute_LeavesTheRoundsWhereTheyAre()
    {
        using var stage = new Stage();
        stage.Partition(0, 0, 1, 1);
        stage.Submit(0);
        stage.Submit(2);
        stage.Run(60_000);

        Assert.All(stage.Members, member => Assert.InRange(member.Standing!.Round, -1, 1));
        Assert.Equal(0, stage.Blocks);

        stage.Heal();
        stage.Await(stage.AllKept, 6_000);
    }

    /// <summary>Timeouts that double turn minutes of bad network into hours of waiting. Growing by a constant, the wait after the fault stays below the fault itself.</summary>
    [Fact]
    public void LongBlackout_IsFollowedByAShortWait()
    {
        using var stage = new Stage();

        // Proposals are lost, votes are not: every round ends with nil, and none decides.
        stage.Pass((_, _, message) => message is not PeerMessage.BlockProposed);
        stage.Submit(1);
        stage.Run(120_000);
        var round = stage.RoundOf(1);
        stage.PassEverything();

        Assert.InRange(round, 5, 60);
        var wait = stage.Await(stage.AllKept, 60_000);
        Assert.InRange(wait, 0, 30_000);
    }

    /// <summary>A commit was announced for a block that was not held (tendermint 861). Here a member hears votes only: it fetches the block before it decides.</summary>
    [Fact]
    public void Votes_WithoutBlockOrBodies_AreFollowedByFetching()
    {
        using var stage = new Stage();
        stage.Pass((_, to, message) => to != 3 || message is PeerMessage.VoteCast);
        stage.Submit(0);
        stage.Await(() => stage.HeadOf(0) >= 1, 5_000);
        stage.Run(1_000);
        Assert.Equal(0, stage.HeadOf(3));

        stage.PassEverything();

        stage.Await(() => stage.HeadOf(3) >= 1, 5_000);
    }

    /// <summary>
    /// A lock on a block forbids everything else, so a clock must not forbid the block: it was near the time when it was fresh. Here the members are locked for
    /// longer than any clock bound.
    /// </summary>
    [Fact]
    public void Block_LockedForLongerThanTheClockBound_IsStillDecided()
    {
        using var stage = new Stage();
        stage.Pass((_, to, message) => message is not PeerMessage.VoteCast { Vote: { Type: VoteType.Precommit, IsNil: false } });
        stage.Submit(0);
        stage.Run(40_000);
        Assert.Equal(0, stage.Blocks);

        stage.PassEverything();

        stage.Await(stage.AllKept, 20_000);
    }

    /// <summary>One clock far beyond the bound must cost that member its proposals, and the network nothing else.</summary>
    [Theory]
    [InlineData(60_000)]
    [InlineData(-60_000)]
    public void Clock_FarBeyondTheBound_StopsNobody(int offsetMs)
    {
        using var stage = new Stage();
        stage.Members[1].Clock.OffsetMs = offsetMs;
        for (var i = 0; i < 6; i++)
        {
            stage.Submit(i % 4);
            stage.Run(1_500);
        }

        stage.Await(stage.AllKept, 20_000);
    }

    /// <summary>An entry that is already on the chain arrives again while blocks are decided: all members judge the next blocks alike.</summary>
    [Fact]
    public void BodiesOfOrderedEntries_SentAgain_AreNotOrderedAgain()
    {
        using var stage = new Stage();
        stage.Submit(0);
        stage.Await(stage.AllKept, 5_000);
        var bodies = stage.Members[0].Disk.Image.Blocks.SelectMany(b => b.Block.Leaves).Select(l => stage.Members[0].Disk.Image.FindBody(l)!.Bytes).ToList();
        for (var i = 0; i < 20; i++)
        {
            foreach (var member in stage.Members)
            {
                member.Deliver(new PeerFrame(stage.Members[0].Disk.Image.Blocks[0].Certificate.Chain, (member.Index + 1) % 4, [new PeerMessage.EntriesSent(bodies, WantPromise: true)]));
            }

            stage.Submit(i % 4);
            stage.Run(137);
        }

        stage.Await(stage.AllKept, 10_000);
    }

    /// <summary>A member that starts with an empty folder and its old key signs nothing until it cannot contradict itself, and then takes part again.</summary>
    [Fact]
    public void EmptyFolder_WithTheOldKey_AbstainsAndRejoins()
    {
        using var stage = new Stage(4, (2, DiskDamage.Wiped));
        stage.Submit(0);
        stage.Await(stage.AllKept, 5_000);
        stage.Partition(0, 0, 0, 1);
        stage.Submit(1);
        stage.Run(50);
        stage.Crash(2);
        stage.Wipe(2);
        stage.Restart(2);
        stage.Run(5_000);
        Assert.False(stage.MaySign(2));

        stage.Heal();
        for (var i = 0; i < 4; i++)
        {
            stage.Await(stage.AllKept, 10_000);
            stage.Submit(i);
            stage.Run(50);
        }

        stage.Await(() => stage.AllKept() && stage.MaySign(2), 10_000);
    }

    /// <summary>A backup with everything in it, the high-water file too, is unmasked by what the peers remember.</summary>
    [Fact]
    public void Backup_OfTheWholeFolder_IsNoticed()
    {
        using var stage = new Stage(4, (2, DiskDamage.RolledBackWithMark));
        stage.Submit(0);
        stage.Await(stage.AllKept, 5_000);
        var backup = stage.Members[2].Disk.Image.Copy();
        for (var i = 0; i < 3; i++)
        {
            stage.Submit(i);
            stage.Await(stage.AllKept, 5_000);
        }

        stage.Crash(2);
        stage.Members[2].Disk.Replace(backup);
        stage.Restart(2);
        stage.Await(() => stage.Members[2].Standing!.Ready, 5_000);

        Assert.NotNull(stage.Members[2].Standing!.AbstainThrough);
    }

    /// <summary>A restart that lost nothing votes again within five seconds.</summary>
    [Fact]
    public void Restart_WithASoundDisk_MaySignWithinFiveSeconds()
    {
        using var stage = new Stage();
        for (var i = 0; i < 8; i++)
        {
            stage.Submit(i % 4);
            stage.Run(230);
            stage.Crash(i % 4);
            stage.Restart(i % 4);
            stage.Await(() => stage.MaySign(i % 4), 5_000);
        }

        stage.Await(stage.AllKept, 10_000);
    }

    private static PeerFrame FrameOf(int from, PeerMessage message) => new(default, from, [message]);
}
