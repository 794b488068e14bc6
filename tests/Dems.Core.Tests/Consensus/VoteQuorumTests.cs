using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Lines 34–56 and 61–67: what quorums and timeouts do.</summary>
public sealed class VoteQuorumTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);

    [Fact]
    public void PrevoteQuorum_ForTheBlock_LocksAndPrecommits()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1);
        Assert.Equal(-1, machine.State.LockedRound);

        machine.Prevotes(0, A, 2);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);
        Assert.Equal((0, Given.HashOf(A)), (machine.State.LockedRound, machine.State.LockedBlock));
        Assert.Equal((0, Given.HashOf(A)), (machine.State.ValidRound, machine.State.ValidBlockHash));
        var safety = Assert.Single(machine.Last.OfType<ConsensusEffect.SignVote>()).Safety;
        Assert.Equal(new SafetySnapshot(Given.Height, 0, RoundStep.Precommit, 0, Given.HashOf(A), 0, A), safety with { Justification = [] });
        Assert.Equal([0, 1, 2], safety.Justification.Select(vote => vote.Validator));
        Assert.All(safety.Justification, vote => Assert.Equal((VoteType.Prevote, 0, Given.HashOf(A)), (vote.Type, vote.Round, vote.Block)));
    }

    [Fact]
    public void PrevoteQuorum_InStepPrecommit_SetsValidValueOnly()
    {
        // Nil was precommitted after the prevote timeout; the third prevote for A comes late.
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, null, 3).Prevotes(0, A, 0, 1).Elapsed(RoundStep.Prevote, 0);
        Assert.True(machine.Signed(VoteType.Precommit, 0).IsNil);

        machine.Prevotes(0, A, 2);

        Assert.Equal((-1, 0), (machine.State.LockedRound, machine.State.ValidRound));
        Assert.Same(A, machine.State.ValidBlock);
        Assert.Single(machine.SignedVotes(VoteType.Precommit, 0));
    }

    [Fact]
    public void PrevoteQuorum_OfAnEarlierRound_SetsValidValueOnly()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);

        machine.Prevotes(0, A, 2);

        Assert.Equal((1, -1, 0), (machine.State.Round, machine.State.LockedRound, machine.State.ValidRound));
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 1));
    }

    [Fact]
    public void NilPrevoteQuorum_PrecommitsNil()
    {
        var machine = Machine.Started().Elapsed(RoundStep.Propose, 0).Prevotes(0, null, 0, 1, 2);

        Assert.True(machine.Signed(VoteType.Precommit, 0).IsNil);
        Assert.Equal(-1, machine.State.LockedRound);
    }

    [Fact]
    public void NilPrevoteQuorum_InStepPropose_WaitsForTheOwnPrevote()
    {
        var machine = Machine.Started().Prevotes(0, null, 0, 1, 2);
        Assert.Empty(machine.Every<ConsensusEffect.SignVote>());

        machine.Elapsed(RoundStep.Propose, 0);
        Assert.Single(machine.SignedVotes(VoteType.Prevote, 0));
        Assert.Single(machine.SignedVotes(VoteType.Precommit, 0));
    }

    [Fact]
    public void MixedPrevotes_StartTheTimeoutOnceAndThenPrecommitNil()
    {
        var machine = Machine.Started().Elapsed(RoundStep.Propose, 0).Prevotes(0, A, 0).Prevotes(0, null, 1, 3).Prevotes(0, A, 2);
        Assert.Single(machine.Every<ConsensusEffect.StartTimeout>(), new ConsensusEffect.StartTimeout(RoundStep.Prevote, 0, 1_000));

        machine.Elapsed(RoundStep.Prevote, 0);
        Assert.True(machine.Signed(VoteType.Precommit, 0).IsNil);
    }

    [Fact]
    public void MixedPrecommits_InAnyStep_StartTheTimeoutOnceAndThenTheNextRound()
    {
        var machine = Machine.Started().Precommits(0, A, 0).Precommits(0, null, 1, 2, 3);
        Assert.Single(machine.Every<ConsensusEffect.StartTimeout>(), new ConsensusEffect.StartTimeout(RoundStep.Precommit, 0, 1_000));
        Assert.Equal(0, machine.State.Round);

        machine.Elapsed(RoundStep.Precommit, 0);
        Assert.Equal((1, RoundStep.Propose), (machine.State.Round, machine.State.Step));
        Assert.Equal(new ConsensusEffect.StartTimeout(RoundStep.Propose, 1, 1_500), Assert.Single(machine.Last));
    }

    [Fact]
    public void PrecommitQuorum_OfAnEarlierRound_Decides()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Precommits(0, A, 0, 1).Precommits(0, null, 2).Elapsed(RoundStep.Precommit, 0);
        Assert.Equal(1, machine.State.Round);

        machine.Precommits(0, A, 3);

        Assert.Equal(0, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Certificate.Round);
    }

    [Fact]
    public void PrecommitQuorum_OfALaterRound_Decides()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Precommits(2, A, 0, 1, 2);

        Assert.Equal(2, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Certificate.Round);
    }

    [Fact]
    public void Certificate_HasExactlyAQuorumOfTheSignaturesReceived()
    {
        var machine = Machine.Started().Proposal(0, A).Precommits(0, A, 3, 2, 1, 0).Checked(A);

        var certificate = Assert.Single(machine.Every<ConsensusEffect.Decide>()).Certificate;
        Assert.Equal((Given.Chain, Given.Height, 0, Given.HashOf(A)), (certificate.Chain, certificate.Height, certificate.Round, certificate.Block));
        Assert.Equal([1, 2, 3], certificate.Signatures.Select(signature => signature.Validator));
        Assert.All(certificate.Signatures, signature => Assert.Equal(Given.Signature(signature.Validator), signature.Signature.ToArray()));
    }

    [Fact]
    public void Decided_FurtherInputs_ChangeNothing()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Precommits(0, A, 0, 1, 2);
        var decided = machine.State;

        machine.Elapsed(RoundStep.Propose, 0).Prevotes(0, A, 0, 1, 2).Precommits(5, null, 0, 1, 2);

        Assert.Same(decided, machine.State);
        Assert.Single(machine.Every<ConsensusEffect.Decide>());
    }

    [Fact]
    public void HigherRound_OneMoreThanFaultyValidators_IsJoined()
    {
        var machine = Machine.Started().Prevotes(5, null, 0);
        Assert.Equal(0, machine.State.Round);

        machine.Precommits(5, null, 1);
        Assert.Equal((5, RoundStep.Propose), (machine.State.Round, machine.State.Step));
        Assert.Equal(new ConsensusEffect.StartTimeout(RoundStep.Propose, 5, 3_500), Assert.Single(machine.Last));
    }

    [Fact]
    public void HigherRound_ManyMessagesOfOneValidator_AreNotJoined()
    {
        var machine = Machine.Started().Prevotes(5, null, 1).Precommits(5, null, 1).Proposal(5, Given.Block(5, 1)).Prevotes(6, null, 1).Prevotes(9, null, 1);

        Assert.Equal(0, machine.State.Round);
    }

    [Fact]
    public void HigherRounds_Different_JoinTheHighestThatACorrectValidatorReached()
    {
        var machine = Machine.Started(self: 6, validators: 7).Prevotes(9, null, 0).Prevotes(4, null, 1).Prevotes(7, null, 2);

        Assert.Equal(4, machine.State.Round);
    }

    [Fact]
    public void HigherRound_WithAProposalHeld_ActsOnItAtOnce()
    {
        var block = Given.Block(round: 2, proposer: 2);
        var machine = Machine.Started().Proposal(2, block).Prevotes(2, block, 0);

        Assert.Equal(2, machine.State.Round);
        Assert.Single(machine.Every<ConsensusEffect.CheckBlock>());
        Assert.Equal(Given.HashOf(block), machine.Checked(block).Signed(VoteType.Prevote, 2).Block);
    }

    [Fact]
    public void Timeouts_Stale_AreIgnored()
    {
        var machine = Machine.Started().Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);
        var state = machine.State;

        machine.Elapsed(RoundStep.Propose, 0).Elapsed(RoundStep.Prevote, 0).Elapsed(RoundStep.Precommit, 0).Elapsed(RoundStep.Propose, 2);

        Assert.Same(state, machine.State);
    }

    [Fact]
    public void ProposeTimeout_AfterThePrevote_IsIgnored()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Elapsed(RoundStep.Propose, 0);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 0).Block);
    }

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(1, 1_500)]
    [InlineData(10, 6_000)]
    [InlineData(1_000_000, ConsensusTimeouts.MaxMilliseconds)]
    [InlineData(HeightState.MaxRound, ConsensusTimeouts.MaxMilliseconds)]
    public void Timeouts_GrowLinearlyUpToAnHour(int round, int expected) =>
        Assert.All(Enum.GetValues<RoundStep>(), step => Assert.Equal(expected, new ConsensusTimeouts().Of(step, round)));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(ConsensusTimeouts.MaxMilliseconds + 1)]
    public void Timeouts_OutOfRange_Throw(int milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConsensusTimeouts { Propose = milliseconds });

    [Fact]
    public void Votes_OfAnotherHeightChainRoundOrIndex_AreIgnored()
    {
        var machine = Machine.Started();
        var vote = Given.Prevote(0, 0, A);
        machine.Vote(vote with { Height = Given.Height.Next }).Vote(vote with { Chain = default }).Vote(vote with { Round = -1 })
            .Vote(vote with { Round = int.MaxValue }).Vote(vote with { Validator = 4 }).Vote(vote with { Validator = -1 }).Vote(vote with { Type = (VoteType)3 });

        Assert.Empty(machine.State.AllVotes());
        Assert.Equal(0, machine.State.Round);
    }

    [Fact]
    public void Votes_Repeated_CountOnce()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 1, 1, 1).Precommits(0, A, 2, 2, 2);

        Assert.Empty(machine.SignedVotes(VoteType.Precommit, 0));
        Assert.Equal(2, machine.State.AllVotes().Count);
        Assert.Equal(Given.HashOf(A), machine.State.VoteOf(1, 0, VoteType.Prevote)!.Block);
        Assert.Null(machine.State.VoteOf(1, 0, VoteType.Precommit));
    }

    [Fact]
    public void Signing_IsAskedOnceWhileItsAnswerIsAwaited()
    {
        var machine = Machine.Started(self: 3).Proposal(0, A).Checked(A).Checked(A).Proposal(0, A).Prevotes(0, A, 0, 1, 2);
        for (var i = 0; i < 3; i++)
        {
            machine.Prevotes(0, A, 0, 1, 2).Elapsed(RoundStep.Propose, 0).Elapsed(RoundStep.Prevote, 0);
        }

        Assert.Single(machine.SignedVotes(VoteType.Prevote, 0));
        Assert.Single(machine.SignedVotes(VoteType.Precommit, 0));
    }

    [Fact]
    public void Messages_BeforeTheStart_AreHeldAndActedOnByIt()
    {
        var machine = new Machine(Given.State(self: 3)).Proposal(0, A).Prevotes(0, A, 0, 1, 2);
        Assert.Empty(machine.All);

        machine.Start().Checked(A);
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);
    }

    [Fact]
    public void Step_FromAnOldState_IsUnaffectedByWhatFollowedIt()
    {
        var old = Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1).State;
        var last = new ConsensusInput.VoteReceived(Given.Prevote(2, 0, A));

        var once = Tendermint.Step(old, last);
        new Machine(once.State).Precommits(0, A, 0, 1, 2);
        var again = Tendermint.Step(old, last);

        Assert.Equal((RoundStep.Prevote, 2, -1), (old.Step, old.AllVotes().Count, old.LockedRound));
        Assert.Equal(once.Effects.Select(effect => effect.GetType()), again.Effects.Select(effect => effect.GetType()));
        Assert.Equal(once.State.AllVotes(), again.State.AllVotes());
    }
}
