using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>Two signatures by one validator for one round and kind.</summary>
public sealed class EquivocationTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);
    private static readonly Block B = Given.Block(round: 0, proposer: 0, content: 2);

    [Theory]
    [InlineData(VoteType.Prevote)]
    [InlineData(VoteType.Precommit)]
    public void SecondVote_ForAnotherBlock_IsReportedOnceAndDropped(VoteType type)
    {
        var machine = Machine.Started().Vote(Given.Vote(type, 1, 0, A)).Vote(Given.Vote(type, 1, 0, B)).Vote(Given.Vote(type, 1, 0, null));

        var evidence = Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>()).Evidence;
        Assert.Equal((Given.Chain, Given.Height, 0, (EvidenceKind)type, 1), (evidence.Chain, evidence.Height, evidence.Round, evidence.Kind, evidence.Validator));
        Assert.Equal(new[] { Given.HashOf(A), Given.HashOf(B) }.Order(), [evidence.First.Block, evidence.Second.Block]);
        Assert.Equal(Given.HashOf(A), Assert.Single(machine.State.AllVotes()).Block);
    }

    [Fact]
    public void SecondVote_ForTheSameBlockWithAnotherSignature_IsNoEvidence()
    {
        var machine = Machine.Started().Vote(Given.Prevote(1, 0, A)).Vote(Given.Prevote(1, 0, A) with { Signature = Given.Signature(99) });

        Assert.Empty(machine.Every<ConsensusEffect.ReportEvidence>());
        Assert.Single(machine.State.AllVotes());
    }

    [Fact]
    public void Votes_OfDifferentRoundsOrTypes_AreNoEvidence()
    {
        var machine = Machine.Started().Vote(Given.Prevote(1, 0, A)).Vote(Given.Prevote(1, 1, null)).Vote(Given.Precommit(1, 0, null));

        Assert.Empty(machine.Every<ConsensusEffect.ReportEvidence>());
    }

    [Fact]
    public void DoubleVoter_CountsOnceAmongTheVoters()
    {
        // Both its votes are held, since the proposal names A; still only two validators voted.
        var machine = Machine.Started().Proposal(0, A).Elapsed(RoundStep.Propose, 0).Prevotes(0, null, 1).Prevotes(0, A, 1, 2);

        Assert.Equal(3, machine.State.AllVotes().Count);
        Assert.DoesNotContain(machine.Every<ConsensusEffect.StartTimeout>(), timeout => timeout.Step == RoundStep.Prevote);
    }

    [Fact]
    public void DoubleVoter_WhoseSecondVoteJustifiesAReproposal_DoesNotKeepMembersApart()
    {
        // Validator 2 showed its prevote for A to validator 0, which locked A, and nil to us. Without its second vote we could never accept A again.
        var machine = Machine.Started().Prevotes(0, null, 2).Prevotes(0, A, 0, 1).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0)
            .Proposal(1, A, validRound: 0).Checked(A);
        Assert.Empty(machine.SignedVotes(VoteType.Prevote, 1));

        machine.Prevotes(0, A, 2);

        Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>());
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 1).Block);
    }

    [Fact]
    public void DoubleVoter_InARoundWithoutSuchAProposal_IsHeldOnce()
    {
        var machine = Machine.Started().Proposal(0, A);
        for (var content = 10; content < 60; content++)
        {
            machine.Vote(Given.Prevote(1, 0, Given.Block(0, 0, content)));
        }

        Assert.Single(machine.State.AllVotes());
        Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>());
    }

    [Fact]
    public void SecondProposal_ForAnotherBlock_IsReportedOnceAndDropped()
    {
        var machine = Machine.Started().Proposal(0, A).Proposal(0, B).Proposal(0, Given.Block(0, 0, content: 3));

        var evidence = Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>()).Evidence;
        Assert.Equal((EvidenceKind.Proposal, 0), (evidence.Kind, evidence.Validator));
        Assert.Same(A, machine.State.CurrentProposal!.Block);
        Assert.Same(A, Assert.Single(machine.Every<ConsensusEffect.CheckBlock>()).Proposal.Block);
    }

    [Fact]
    public void SecondProposal_WithAnotherValidRound_IsReported()
    {
        var machine = Machine.Started().Prevotes(2, null, 0, 1).Proposal(2, A, validRound: 0).Proposal(2, A, validRound: 1);

        var evidence = Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>()).Evidence;
        Assert.Equal((0, 1), (evidence.First.ValidRound, evidence.Second.ValidRound));
    }

    [Fact]
    public void SameProposal_Twice_IsNoEvidence() =>
        Assert.Empty(Machine.Started().Proposal(0, A).Proposal(0, A).Every<ConsensusEffect.ReportEvidence>());

    [Fact]
    public void Evidence_InEitherOrder_IsTheSame()
    {
        var one = Given.Prevote(1, 0, A);
        var other = Given.Prevote(1, 0, B);

        Assert.Equal(Evidence.Of(one, other), Evidence.Of(other, one));
        Assert.True(Evidence.Of(one, other).First.CompareSigned(Evidence.Of(one, other).Second) < 0);
    }
}
