using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Lines 11–33: proposing, and what is prevoted.</summary>
public sealed class ProposalHandlingTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);
    private static readonly Block B = Given.Block(round: 1, proposer: 1, content: 2);

    [Fact]
    public void Start_NotProposer_WaitsForTheProposal()
    {
        var machine = Machine.Started(self: 3);

        Assert.Equal(new ConsensusEffect.StartTimeout(RoundStep.Propose, 0, 1_000), Assert.Single(machine.All));
    }

    [Fact]
    public void Start_Proposer_AsksForABlockOnceAndSignsIt()
    {
        var machine = Machine.Started(self: 0).Start();
        Assert.Equal(0, Assert.Single(machine.Every<ConsensusEffect.RequestBlock>()).Round);

        machine.Give(new ConsensusInput.OwnBlockReady(0, A, Given.HashOf(A))).Give(new ConsensusInput.OwnBlockReady(0, A, Given.HashOf(A)));

        var signed = Assert.Single(machine.Every<ConsensusEffect.SignProposal>());
        Assert.Equal((0, -1, 0), (signed.Unsigned.Round, signed.Unsigned.ValidRound, signed.Unsigned.Proposer));
        Assert.Same(A, signed.Unsigned.Block);
        Assert.Equal(new SafetySnapshot(Given.Height, 0, RoundStep.Propose, -1, default, -1, null), signed.Safety with { Justification = [] });
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 0));
    }

    [Fact]
    public void OwnProposal_ComingBack_IsPrevotedWithoutAskingForACheck()
    {
        var machine = Machine.Started(self: 0).Give(new ConsensusInput.OwnBlockReady(0, A, Given.HashOf(A))).Proposal(0, A);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 0).Block);
        Assert.Empty(machine.Every<ConsensusEffect.CheckBlock>());
    }

    [Fact]
    public void OwnBlock_AfterTheProposeTimeout_IsIgnored()
    {
        var machine = Machine.Started(self: 0).Elapsed(RoundStep.Propose, 0).Give(new ConsensusInput.OwnBlockReady(0, A, Given.HashOf(A)));

        Assert.Empty(machine.Every<ConsensusEffect.SignProposal>());
        Assert.True(machine.Signed(VoteType.Prevote, 0).IsNil);
    }

    [Fact]
    public void OwnBlock_WithAnotherRoundInItsHeader_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Machine.Started(self: 0).Give(new ConsensusInput.OwnBlockReady(0, B, Given.HashOf(B))));

    [Fact]
    public void Proposer_WithAValidValue_ProposesItAgainWithItsRound()
    {
        var machine = Machine.Started(self: 1).Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2).Precommits(0, null, 0, 2, 3);

        machine.Elapsed(RoundStep.Precommit, 0);

        var signed = Assert.Single(machine.Every<ConsensusEffect.SignProposal>());
        Assert.Equal((1, 0), (signed.Unsigned.Round, signed.Unsigned.ValidRound));
        Assert.Same(A, signed.Unsigned.Block);
        Assert.Empty(machine.Every<ConsensusEffect.RequestBlock>());
    }

    [Fact]
    public void Proposer_WhoseValidValueComesWhileItsBlockIsMade_ProposesTheValidValue()
    {
        var machine = Machine.Started(self: 1).Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1).Precommits(0, null, 0, 2, 3).Elapsed(RoundStep.Precommit, 0);
        Assert.Single(machine.Every<ConsensusEffect.RequestBlock>());

        machine.Prevotes(0, A, 2).Give(new ConsensusInput.OwnBlockReady(1, B, Given.HashOf(B)));

        var signed = Assert.Single(machine.Every<ConsensusEffect.SignProposal>());
        Assert.Equal((0, Given.HashOf(A)), (signed.Unsigned.ValidRound, signed.Unsigned.BlockHash));
    }

    [Fact]
    public void FreshProposal_Unlocked_IsPrevoted() =>
        Assert.Equal(Given.HashOf(A), Machine.Started().Proposal(0, A).Checked(A).Signed(VoteType.Prevote, 0).Block);

    [Fact]
    public void FreshProposal_Invalid_GetsNil() =>
        Assert.True(Machine.Started().Proposal(0, A).Checked(A, valid: false).Signed(VoteType.Prevote, 0).IsNil);

    [Fact]
    public void FreshProposal_LockedOnAnother_GetsNil()
    {
        var machine = LockedOnA().Proposal(1, B).Checked(B);

        Assert.True(machine.Signed(VoteType.Prevote, 1).IsNil);
    }

    [Fact]
    public void FreshProposal_WithAnEarlierRoundInItsHeader_GetsNilAtOnce()
    {
        // Old header bytes offered as fresh would escape the clock that judged them.
        var machine = Machine.Started().Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0).Proposal(1, A);

        Assert.True(machine.Signed(VoteType.Prevote, 1).IsNil);
    }

    [Fact]
    public void Reproposal_WithoutPrevotesAtItsValidRound_Waits()
    {
        var machine = AtRound1().Proposal(1, A, validRound: 0).Checked(A).Prevotes(0, A, 0, 1);
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 1));

        machine.Prevotes(0, A, 2);
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 1).Block);
    }

    [Fact]
    public void Reproposal_OfAnInvalidBlock_GetsNil() =>
        Assert.True(AtRound1().Proposal(1, A, validRound: 0).Prevotes(0, A, 0, 1, 2).Checked(A, valid: false).Signed(VoteType.Prevote, 1).IsNil);

    [Fact]
    public void Reproposal_LockedLaterOnAnother_GetsNil()
    {
        // Locked on B in round 1; A has its quorum in round 0 only.
        var machine = LockedOnBInRound1().Prevotes(0, A, 0, 1, 2).Proposal(2, A, validRound: 0).Checked(A);

        Assert.True(machine.Signed(VoteType.Prevote, 2).IsNil);
    }

    [Fact]
    public void Reproposal_LockedEarlierOnAnother_IsPrevoted()
    {
        var machine = LockedOnA().Proposal(1, B).Checked(B).Prevotes(1, B, 0, 1, 2).Precommits(1, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 1);

        machine.Proposal(2, B, validRound: 1);

        Assert.Equal(Given.HashOf(B), machine.Signed(VoteType.Prevote, 2).Block);
    }

    [Fact]
    public void Reproposal_LockedLaterOnTheSame_IsPrevoted()
    {
        // Quorums for A in rounds 0 and 1; locked in round 1; a proposer that saw only round 0 proposes A again.
        var machine = AtRound1().Prevotes(0, A, 0, 1, 2).Proposal(1, A, validRound: 0).Checked(A).Prevotes(1, A, 0, 1, 2);
        Assert.Equal(1, machine.State.LockedRound);

        machine.Precommits(1, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 1).Proposal(2, A, validRound: 0);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 2).Block);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-2)]
    public void Reproposal_WithAValidRoundNotBeforeItsRound_IsIgnored(int validRound)
    {
        var machine = AtRound1().Proposal(1, A, validRound).Prevotes(1, A, 0, 1, 2);

        Assert.Null(machine.State.CurrentProposal);
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 1));
    }

    [Fact]
    public void Proposal_FromAnotherThanTheProposer_IsIgnored()
    {
        var machine = Machine.Started();
        machine.Give(new ConsensusInput.ProposalReceived(Given.Proposal(0, A) with { Proposer = 1 }, Given.Now));

        Assert.Empty(machine.State.AllProposals());
        Assert.Empty(machine.Last);
    }

    [Fact]
    public void Proposal_OfAnotherHeightOrChain_IsIgnored()
    {
        var machine = Machine.Started();
        var proposal = Given.Proposal(0, A);
        var otherChain = new ChainId(Hash32.Of("other"u8));
        machine.Give(new ConsensusInput.ProposalReceived(proposal with { Height = Given.Height.Next }, Given.Now));
        machine.Give(new ConsensusInput.ProposalReceived(proposal with { Chain = otherChain }, Given.Now));
        machine.Give(new ConsensusInput.ProposalReceived(proposal with { Block = A with { Header = A.Header with { Chain = otherChain } } }, Given.Now));
        machine.Give(new ConsensusInput.ProposalReceived(proposal with { Block = A with { Header = A.Header with { Height = Given.Height.Next } } }, Given.Now));

        Assert.Empty(machine.State.AllProposals());
    }

    [Fact]
    public void Observer_FollowsAndDecides_SigningNothing()
    {
        var machine = Machine.Started(self: null).Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2).Precommits(0, A, 0, 1, 2);

        Assert.Single(machine.Every<ConsensusEffect.Decide>());
        Assert.Empty(machine.Every<ConsensusEffect.SignVote>());
    }

    private static Machine AtRound1() => Machine.Started().Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);

    private static Machine LockedOnA() =>
        Machine.Started().Proposal(0, A).Checked(A).Prevotes(0, A, 0, 1, 2).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);

    private static Machine LockedOnBInRound1() =>
        AtRound1().Proposal(1, B).Checked(B).Prevotes(1, B, 0, 1, 2).Precommits(1, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 1);
}
