using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

/// <summary>The one place where a clock counts: the prevote on a fresh proposal, at its receipt.</summary>
public sealed class ClockTests
{
    private static readonly Block A = Given.Block(round: 0, proposer: 0);

    [Theory]
    [InlineData(0)]
    [InlineData(2_000)]
    [InlineData(-2_000)]
    public void FreshProposal_WithinTheBound_IsPrevoted(int distance) =>
        Assert.Equal(Given.HashOf(A), Machine.Started().Proposal(0, A, now: Given.Now.Plus(distance)).Checked(A).Signed(VoteType.Prevote, 0).Block);

    [Theory]
    [InlineData(2_001)]
    [InlineData(-2_001)]
    public void FreshProposal_BeyondTheBound_GetsNilOnReceipt(int distance)
    {
        var machine = Machine.Started().Proposal(0, A, now: Given.Now.Plus(distance));

        Assert.True(machine.Signed(VoteType.Prevote, 0).IsNil);
    }

    [Theory]
    [InlineData(3_000, true)]
    [InlineData(3_001, false)]
    public void Bound_WidensWithTheRound(int distance, bool accepted)
    {
        var block = Given.Block(round: 2, proposer: 2);
        var machine = Machine.Started().Prevotes(2, null, 0, 1).Proposal(2, block, now: Given.Now.Plus(distance)).Checked(block);

        Assert.Equal(accepted, !machine.Signed(VoteType.Prevote, 2).IsNil);
    }

    [Fact]
    public void FreshProposal_ReceivedBeforeItsRound_IsJudgedByTheTimeOfReceipt()
    {
        var block = Given.Block(round: 2, proposer: 2);
        var machine = Machine.Started().Proposal(2, block, now: Given.Now).Prevotes(2, null, 0).Proposal(2, block, now: Given.Now.Plus(60_000)).Checked(block);

        Assert.False(machine.Signed(VoteType.Prevote, 2).IsNil);
    }

    [Fact]
    public void Reproposal_FarFromTheClock_IsPrevoted()
    {
        var machine = Machine.Started().Prevotes(0, A, 0, 1, 2).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0);

        machine.Proposal(1, A, validRound: 0, now: Given.Now.Plus(86_400_000)).Checked(A);

        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Prevote, 1).Block);
    }

    [Fact]
    public void Reproposal_WithAHeaderYoungerThanItsValidRound_GetsNil()
    {
        // q prevotes in round 0 for a header of round 1 need more than f liars; the header's time was then never judged by a correct one.
        var young = Given.Block(round: 1, proposer: 1);
        var machine = Machine.Started().Prevotes(0, young, 0, 1, 2).Precommits(0, null, 0, 1, 2).Elapsed(RoundStep.Precommit, 0)
            .Proposal(1, young, validRound: 0).Checked(young);

        Assert.True(machine.Signed(VoteType.Prevote, 1).IsNil);
    }

    [Fact]
    public void QuorumOverABlockBeyondTheOwnBound_StillLocksAndDecides()
    {
        // The clock is the prevoter's opinion, not validity: a member with a bad clock follows the others.
        var machine = Machine.Started().Proposal(0, A, now: Given.Now.Plus(10_000)).Checked(A).Prevotes(0, A, 0, 1, 2);
        Assert.Equal(Given.HashOf(A), machine.Signed(VoteType.Precommit, 0).Block);

        machine.Precommits(0, A, 0, 1, 2);
        Assert.Single(machine.Every<ConsensusEffect.Decide>());
    }
}
