using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>After a restart nothing is signed that the snapshot's round and step say was signed.</summary>
public sealed class RestoreTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);
    private static readonly Block B = Given.Block(round: 1, proposer: 1, content: 2);

    [Fact]
    public void Snapshot_OfARestoredMachine_IsTheSame()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2);

        var restored = Restored(machine.State.Safety);

        Assert.Equal(machine.State.Safety with { Justification = [] }, restored.State.Safety with { Justification = [] });
        Assert.Equal(machine.State.Safety.Justification, restored.State.Safety.Justification);
        Assert.Equal(Given.HashOf(A), restored.State.ValidBlockHash);
    }

    [Fact]
    public void Lock_KeepsTheProofThatOthersNeed()
    {
        // One of the prevotes was a liar's, sent to nobody else and never again: only this member can show it.
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2);

        var restored = Restored(machine.State.Safety);

        Assert.Equal([0, 1, 2], restored.State.AllVotes().Select(vote => vote.Validator));
    }

    [Fact]
    public void Round_KeepsTheQuorumThatEndedTheOneBefore()
    {
        // Precommits of a liar (0), itself silent ever after, and of two who saw no quorum: this member alone went on, and must be able to take them along.
        var machine = Machine.Started().Proposal(0, A).Checked(A).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0).Elapsed(RoundStep.Propose, 1);

        var restored = Restored(machine.State.Safety);
        var other = Machine.Started(self: 1).Proposal(0, A).Checked(A).Elapsed(RoundStep.Prevote, 0);
        foreach (var vote in restored.State.AllVotes())
        {
            other.Vote(vote);
        }

        Assert.Equal(1, restored.State.Round);
        Assert.Equal(1, other.Elapsed(RoundStep.Precommit, 0).State.Round);
    }

    [Fact]
    public void AfterThePrevote_NoSecondPrevote()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Prevote, -1, default, -1, null)).Start().Proposal(0, A).Checked(A).Elapsed(RoundStep.Propose, 0);
        Assert.Empty(machine.Every<ConsensusEffect.SignVote>());

        machine.Prevotes(0, A, 0, 1, 2);
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);
    }

    [Fact]
    public void AfterThePrecommit_NoSecondPrecommit()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Precommit, -1, default, -1, null))
            .Start().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2).Elapsed(RoundStep.Prevote, 0);

        Assert.Empty(machine.Every<ConsensusEffect.SignVote>());
        Assert.Equal((-1, 0), (machine.State.LockedRound, machine.State.ValidRound));
    }

    [Fact]
    public void AfterTheProposal_NoSecondProposal()
    {
        // Validator 0 proposed in round 0, and forgot what. It prevotes after its timeout and goes on.
        var machine = Restored(new(Given.Height, 0, RoundStep.Propose, -1, default, -1, null), self: 0).Start();
        Assert.Empty(machine.Every<ConsensusEffect.RequestBlock>());
        Assert.Single(machine.Every<ConsensusEffect.StartTimeout>());

        machine.Give(new ConsensusInput.OwnBlockReady(0, A, Given.HashOf(A)));
        Assert.Empty(machine.Every<ConsensusEffect.SignProposal>());
    }

    [Fact]
    public void OwnRecordedProposal_GivenBack_IsPrevotedAfterItsCheck()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Propose, -1, default, -1, null), self: 0).Proposal(0, A).Start().Checked(A);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 0).Block);
        Assert.Empty(machine.Every<ConsensusEffect.SignProposal>());
    }

    [Fact]
    public void Lock_SurvivesTheRestart()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Precommit, 0, Given.HashOf(A), 0, A)).Start()
            .Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0).Proposal(1, B).Checked(B);

        Assert.True(machine.Signed(VoteType.Prevote, 1).IsNil);
    }

    [Fact]
    public void ValidValue_SurvivesTheRestart()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Precommit, 0, Given.HashOf(A), 0, A), self: 1).Start()
            .Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);

        var signed = Assert.Single(machine.Every<ConsensusEffect.SignProposal>()).Unsigned;
        Assert.Equal((0, Given.HashOf(A)), (signed.ValidRound, signed.BlockHash));
    }

    /// <summary>The proposal may be lost everywhere, and who decided too: the lock's block is all that is left. Its bodies are looked at again.</summary>
    [Fact]
    public void ValidValue_Certified_IsDecidedOnceChecked()
    {
        var machine = Restored(new(Given.Height, 0, RoundStep.Precommit, 0, Given.HashOf(A), 0, A)).Start().Precommits(0, A, 0, 1, 2);
        Assert.Single(machine.Every<ConsensusEffect.FetchDecided>());
        Assert.Empty(machine.Every<ConsensusEffect.Decide>());

        machine.Checked(A);
        Assert.Equal(Given.HashOf(A), Given.HashOf(Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block));
    }

    [Fact]
    public void OwnVote_ThatOnlyPeersRemember_IsNotContradicted()
    {
        // A restored copy of the row is older than the vote: the peers' copy forbids another one.
        var machine = Machine.Started().Vote(Given.Prevote(3, 0, A)).Elapsed(RoundStep.Propose, 0);

        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 0));
        Assert.Equal(RoundStep.Prevote, machine.State.Step);
    }

    [Fact]
    public void Snapshot_OfAnotherHeight_Throws() =>
        Assert.Throws<ArgumentException>(() => Restored(new(Given.Height.Next, 0, RoundStep.Prevote, -1, default, -1, null)));

    [Fact]
    public void Snapshot_ThatNoMachineMade_Throws()
    {
        var sound = new SafetySnapshot(Given.Height, 1, RoundStep.Precommit, 0, Given.HashOf(A), 1, A);
        Assert.Equal(sound, Restored(sound).State.Safety with { Justification = sound.Justification });

        Assert.All(
            new[]
            {
                sound with { Round = -1 },
                sound with { Step = (RoundStep)4 },
                sound with { Step = RoundStep.Prevote },
                sound with { LockedRound = 2 },
                sound with { LockedBlock = default },
                sound with { LockedRound = -1 },
                sound with { ValidRound = 2 },
                sound with { ValidBlock = null },
                sound with { Justification = [Given.Prevote(0, 0, A)] },
                sound with { Justification = [Given.Prevote(0, 1, B)] },
                sound with { Justification = [Given.Precommit(0, 1, A)] },
                sound with { Round = 2, Justification = [Given.Precommit(0, 0, A)] },
            },
            damaged => Assert.Throws<ArgumentException>(() => Restored(damaged)));
    }

    private static Machine Restored(SafetySnapshot snapshot, int self = 3) =>
        new(HeightState.Restore(Given.Chain, Given.Height, Given.Validators(), self, new ConsensusTimeouts(), snapshot));
}
