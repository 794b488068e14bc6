using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Nothing is prevoted, locked, made the validValue or decided before its bodies are here and its check was answered.</summary>
public sealed class DataAvailabilityTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);
    private static readonly Block B = Given.Block(round: 0, proposer: 0, content: 2);

    [Fact]
    public void Proposal_Unchecked_IsNotPrevoted()
    {
        var machine = Machine.Started().Proposal(0, A);

        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.CheckBlock>()).Proposal.Block);
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 0));
    }

    [Fact]
    public void Proposal_UncheckedUntilTheTimeout_GetsNil() =>
        Assert.True(Machine.Started().Proposal(0, A).Elapsed(RoundStep.Propose, 0).Signed(VoteType.Prevote, 0).IsNil);

    [Fact]
    public void PrevoteQuorum_Unchecked_NeitherLocksNorSetsValidValue()
    {
        var machine = Machine.Started().Proposal(0, A).Elapsed(RoundStep.Propose, 0).Prevotes(0, A, 0, 1, 2);
        Assert.Equal((-1, -1), (machine.State.LockedRound, machine.State.ValidRound));
        Assert.Empty(machine.SignedVotes(VoteType.Precommit, 0));

        machine.Checked(A);
        Assert.Equal((0, 0), (machine.State.LockedRound, machine.State.ValidRound));
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);
    }

    [Fact]
    public void PrevoteQuorum_UncheckedUntilTheTimeout_PrecommitsNil()
    {
        var machine = Machine.Started().Proposal(0, A).Elapsed(RoundStep.Propose, 0).Prevotes(0, A, 0, 1, 2).Elapsed(RoundStep.Prevote, 0);

        Assert.True(machine.Signed(VoteType.Precommit, 0).IsNil);
    }

    [Fact]
    public void PrevoteQuorum_OverAnInvalidBlock_NeverLocks()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A, valid: false).Prevotes(0, A, 0, 1, 2).Elapsed(RoundStep.Prevote, 0);

        Assert.Equal((-1, -1), (machine.State.LockedRound, machine.State.ValidRound));
        Assert.True(machine.Signed(VoteType.Precommit, 0).IsNil);
    }

    [Fact]
    public void LateQuorum_OverAnUncheckedBlock_AsksForItsCheckOnce()
    {
        // The round was left before its proposal came; then proposal and quorum arrive.
        var machine = Machine.Started().Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0).Proposal(0, A);
        Assert.Empty(machine.Every<ConsensusEffect.CheckBlock>());

        machine.Prevotes(0, A, 0, 1, 2, 3);
        Assert.Single(machine.Every<ConsensusEffect.CheckBlock>());
        Assert.Equal(-1, machine.State.ValidRound);

        machine.Checked(A);
        Assert.Equal(0, machine.State.ValidRound);
    }

    [Fact]
    public void Certificate_OverAProposalUnderCheck_FetchesOnceAndDecidesWhenChecked()
    {
        var machine = Machine.Started().Proposal(0, A).Precommits(0, A, 0, 1, 2, 3);
        Assert.Equal(Given.HashOf(A), Assert.Single(machine.Every<ConsensusEffect.FetchDecided>()).Certificate.Block);
        Assert.Empty(machine.Every<ConsensusEffect.Decide>());

        machine.Checked(A);
        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Certificate_OverABlockNotHeld_FetchesOnceAndDecidesWithBlockAndCheck(bool blockFirst)
    {
        var machine = Machine.Started().Precommits(0, A, 0, 1, 2);
        Assert.Single(machine.Every<ConsensusEffect.FetchDecided>());

        ConsensusInput[] inputs = [new ConsensusInput.BlockFetched(A, Given.HashOf(A)), new ConsensusInput.BlockChecked(Given.HashOf(A), Valid: true)];
        machine.Give(inputs[blockFirst ? 0 : 1]);
        Assert.Empty(machine.Every<ConsensusEffect.Decide>());

        machine.Give(inputs[blockFirst ? 1 : 0]);
        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
    }

    [Fact]
    public void Certificate_BeforeTheProposalOfAnEarlierRound_AsksForItsCheckAndDecides()
    {
        // Precommits without prevotes: nothing but the certificate gives a reason to look at the block, and nobody who decided need be left to fetch it from.
        var machine = Machine.Started().Precommits(0, null, 1, 2, 3).Elapsed(RoundStep.Precommit, 0);
        machine.Give(new ConsensusInput.CertificateReceived(CertificateOver(A)));
        Assert.Empty(machine.Every<ConsensusEffect.CheckBlock>());

        machine.Proposal(0, A);
        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.CheckBlock>()).Proposal.Block);

        machine.Checked(A);
        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
    }

    [Fact]
    public void Certificate_OverTheOtherProposalOfADoubleProposer_DecidesTheCertifiedBlock()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Precommits(0, B, 0, 1, 2);

        machine.Give(new ConsensusInput.BlockFetched(B, Given.HashOf(B))).Checked(B);

        Assert.Same(B, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Block);
    }

    [Fact]
    public void Certificate_Received_FetchesAndDecidesLikeSinglePrecommits()
    {
        var certificate = CertificateOver(A);
        var machine = Machine.Started().Give(new ConsensusInput.CertificateReceived(certificate)).Give(new ConsensusInput.CertificateReceived(certificate));
        Assert.Same(certificate, Assert.Single(machine.Every<ConsensusEffect.FetchDecided>()).Certificate);

        machine.Give(new ConsensusInput.BlockFetched(A, Given.HashOf(A))).Checked(A);

        Assert.Same(certificate, Assert.Single(machine.Every<ConsensusEffect.Decide>()).Certificate);
    }

    [Fact]
    public void Certificate_OfAnotherHeight_IsIgnored()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A);
        machine.Give(new ConsensusInput.CertificateReceived(new CommitCertificate(Given.Chain, Given.Height.Next, 0, Given.HashOf(A), [])));

        Assert.Null(machine.State.Certificate);
        Assert.Empty(machine.Every<ConsensusEffect.Decide>());
    }

    [Fact]
    public void Certificate_OverAnInvalidBlock_StopsThisValidator()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A, valid: false).Precommits(0, A, 0, 1);

        var thrown = Assert.Throws<InvalidDecisionException>(() => machine.Precommits(0, A, 2));
        Assert.Equal((Given.Height, Given.HashOf(A)), (thrown.Height, thrown.Block));
    }

    [Fact]
    public void Block_NotAskedFor_IsNotHeld()
    {
        var machine = Machine.Started();
        var state = machine.State;

        machine.Give(new ConsensusInput.BlockFetched(A, Given.HashOf(A))).Checked(A);

        Assert.Same(state, machine.State);
    }

    [Fact]
    public void Check_FirstAnswerStands()
    {
        var machine = Machine.Started().Proposal(0, A).Checked(A).Checked(A, valid: false).Prevotes(0, A, 0, 1, 2);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);
    }

    private static CommitCertificate CertificateOver(Block block) =>
        new(Given.Chain, Given.Height, 7, Given.HashOf(block), [.. Enumerable.Range(0, 3).Select(i => new CommitSignature(i, Given.Signature(i)))]);
}
