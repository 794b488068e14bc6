using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Ways in which protocols of this family are known to have failed, each as a scenario.</summary>
public sealed class KnownTrapsTests
{
    private static readonly Block B = Given.Block(round: 1, proposer: 1, content: 2);

    /// <summary>IBFT (arXiv 1901.07160): two correct validators locked on different blocks, a third free, the fourth silent: no quorum ever again.</summary>
    [Fact]
    public void LocksOnDifferentBlocks_AreResolvedByTheLaterQuorum()
    {
        var quartet = new Quartet(0, 2, 3);

        // Round 0: 0 proposes A to 0 and 2. The liar prevotes A to 0 alone, which locks A.
        quartet.Reaches = (_, to, message) => message is ConsensusInput.VoteReceived || to != 3;
        quartet.Start();
        var a = quartet[0].State.CurrentProposal!.Block;
        quartet.Lie(new ConsensusInput.VoteReceived(Given.Prevote(1, 0, a)), 0);
        quartet.ElapseRound(0);

        // Round 1: the liar proposes B to 2 and 3, and prevotes it to 2 alone, which locks B.
        quartet.Lie(new ConsensusInput.ProposalReceived(Given.Proposal(1, B), Given.Now), 2, 3);
        quartet.Elapse(RoundStep.Propose, 1);
        quartet.Lie(new ConsensusInput.VoteReceived(Given.Prevote(1, 1, B)), 2);
        Assert.Equal((0, Given.HashOf(a)), (quartet[0].State.LockedRound, quartet[0].State.LockedBlock));
        Assert.Equal((1, Given.HashOf(B)), (quartet[2].State.LockedRound, quartet[2].State.LockedBlock));
        Assert.Equal(-1, quartet[3].State.LockedRound);

        // The liar falls silent; all that was ever received is passed on.
        quartet.Reaches = (_, _, _) => true;
        for (var round = 1; round < 3; round++)
        {
            quartet.ElapseRound(round);
            quartet.Retransmit();
        }

        Assert.All([0, 2, 3], validator => Assert.Equal(B, quartet.DecisionOf(validator)));
    }

    /// <summary>Tendermint issue 1047: a quorum seen too late to lock must still be proposed again, else proposers go on proposing what the one that locked refuses.</summary>
    [Fact]
    public void QuorumSeenAfterNil_IsProposedAgainAndDecidedInTheNextRound()
    {
        // The prevote of 2 reaches 0 in time, and the others only after their timeout.
        var late = true;
        var quartet = new Quartet(0, 1, 2) { Reaches = (from, to, message) => !(late && from == 2 && to == 1 && message is ConsensusInput.VoteReceived) };
        quartet.Start();
        Assert.Equal(0, quartet[0].State.LockedRound);
        quartet[1].Prevotes(0, null, 3);
        quartet.Elapse(RoundStep.Prevote, 0);
        Assert.Equal(-1, quartet[1].State.LockedRound);

        late = false;
        quartet.Retransmit();
        Assert.Equal(0, quartet[1].State.ValidRound);

        quartet.Elapse(RoundStep.Precommit, 0);
        var again = Assert.Single(quartet[1].Every<ConsensusEffect.SignProposal>()).Unsigned;
        Assert.Equal((1, 0), (again.Round, again.ValidRound));
        Assert.All([0, 1, 2], validator => Assert.Equal(again.Block, quartet.DecisionOf(validator)));
    }

    /// <summary>A restarted validator without the prevotes of an earlier round waits for them, asks for nothing, and goes on when they are delivered again.</summary>
    [Fact]
    public void RestartWithoutEarlierPrevotes_GoesOnWhenTheyAreDeliveredAgain()
    {
        var a = Given.Block(round: 0, proposer: 0, content: 1);
        var row = new SafetySnapshot(Given.Height, 2, RoundStep.Propose, -1, default, -1, null);
        var machine = new Machine(HeightState.Restore(Given.Chain, Given.Height, Given.Validators(), 3, new ConsensusTimeouts(), row)).Start();

        machine.Proposal(2, a, validRound: 0).Checked(a);
        Assert.Empty(machine.Every<ConsensusEffect.SignVote>());

        machine.Prevotes(0, a, 0, 1, 2);
        Assert.Equal(Given.HashOf(a), machine.Signed(VoteType.Prevote, 2).Block);
    }

    /// <summary>Rounds that local timers alone advance drift apart, so that no round ever holds a quorum.</summary>
    [Fact]
    public void TimersAlone_NeverChangeTheRound()
    {
        var machine = Machine.Started();
        for (var i = 0; i < 100; i++)
        {
            foreach (var step in Enum.GetValues<RoundStep>())
            {
                machine.Elapsed(step, machine.State.Round);
            }
        }

        Assert.Equal((0, RoundStep.Prevote), (machine.State.Round, machine.State.Step));
        Assert.True(Assert.Single(machine.Every<ConsensusEffect.SignVote>()).Unsigned.IsNil);
    }

    /// <summary>Tendermint issue 861: a certificate for a block that is not held must not be taken for the block.</summary>
    [Fact]
    public void CommitForABlockNotHeld_IsFetchedWhileTheRoundsGoOn()
    {
        var machine = Machine.Started().Precommits(0, B, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);
        Assert.False(machine.State.Decided);
        Assert.Equal(1, machine.State.Round);
        Assert.Single(machine.Every<ConsensusEffect.FetchDecided>());

        machine.Give(new ConsensusInput.BlockFetched(B, Given.HashOf(B))).Checked(B);
        Assert.Same(B, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
    }

    /// <summary>A clock asked again on re-proposals would turn time passing into a disagreement with the own lock: commit now or never.</summary>
    [Fact]
    public void TimePassing_NeverMakesALockedBlockUnacceptable()
    {
        var a = Given.Block(round: 0, proposer: 0, content: 1);
        var machine = Machine.Started().Proposal(0, a).Checked(a).Prevotes(0, a, 0, 1, 2);
        for (var round = 0; round < 20; round++)
        {
            machine.Precommits(round, null, 0, 1, 2).Elapsed(RoundStep.Precommit, round);
            machine.Proposal(round + 1, a, validRound: 0, now: Given.Now.Plus(3_600_000L * round));
            Assert.Equal(Given.HashOf(a), machine.Signed(VoteType.Prevote, round + 1).Block);
            machine.Elapsed(RoundStep.Prevote, round + 1);
        }
    }

    /// <summary>Twenty rounds take minutes. With timeouts that double each round they would take twelve days.</summary>
    [Fact]
    public void Timeouts_OfTwentyRounds_StayWithinMinutes()
    {
        var machine = Machine.Started();
        for (var round = 0; round < 20; round++)
        {
            machine.Elapsed(RoundStep.Propose, round).Prevotes(round, null, 0).Prevotes(round, B, 1, 2).Elapsed(RoundStep.Prevote, round)
                .Precommits(round, null, 0, 1, 2).Elapsed(RoundStep.Precommit, round);
        }

        Assert.Equal(20, machine.State.Round);
        int[] waits = [.. machine.Every<ConsensusEffect.StartTimeout>().Where(timeout => timeout.Round < 20).Select(timeout => timeout.Milliseconds)];
        Assert.Equal(3 * 20, waits.Length);
        Assert.Equal(3 * Enumerable.Range(0, 20).Sum(round => 1_000 + 500 * round), waits.Sum());
    }
}
