using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Core.Tests.Consensus;

public sealed class EvidenceRulesTests
{
    private static readonly ValidatorSet Four = Given.Validators();
    private static readonly Block A = Given.Block(round: 0, proposer: 0, content: 1);
    private static readonly Block B = Given.Block(round: 0, proposer: 0, content: 2);

    [Theory]
    [InlineData(VoteType.Prevote)]
    [InlineData(VoteType.Precommit)]
    public void Votes_ForTwoBlocks_AreEvidence(VoteType type) => AssertAccepted(Votes(type, A, B));

    [Fact]
    public void Votes_ForABlockAndNil_AreEvidence() => AssertAccepted(Votes(VoteType.Prevote, A, null));

    [Fact]
    public void Proposals_OfTwoBlocks_AreEvidence() => AssertAccepted(Evidence.Of(Proposal(A, -1), Proposal(B, -1)));

    [Fact]
    public void Proposals_OfOneBlockWithTwoValidRounds_AreEvidence() => AssertAccepted(Evidence.Of(Proposal(A, 0), Proposal(A, -1)));

    [Fact]
    public void EvidenceReportedByTheMachine_IsAccepted()
    {
        var machine = Machine.Started().Vote(Signed(VoteType.Precommit, A)).Vote(Signed(VoteType.Precommit, B));

        AssertAccepted(Assert.Single(machine.Every<ConsensusEffect.ReportEvidence>()).Evidence);
    }

    [Fact]
    public void OneVoteSignedTwice_IsRefused() => AssertRefused(Votes(VoteType.Prevote, A, A), "equal or not in ascending order");

    [Fact]
    public void Statements_InTheOtherOrder_AreRefused()
    {
        var sound = Votes(VoteType.Prevote, A, B);

        AssertRefused(sound with { First = sound.Second, Second = sound.First }, "not in ascending order");
    }

    [Fact]
    public void Evidence_WithChangedFields_IsRefused()
    {
        var sound = Votes(VoteType.Prevote, A, B);

        AssertRefused(sound with { Chain = default }, "another chain");
        AssertRefused(sound with { Height = Height.Genesis }, "out of range");
        AssertRefused(sound with { Height = Given.Height.Next }, "first signature");
        AssertRefused(sound with { Round = -1 }, "out of range");
        AssertRefused(sound with { Round = 1 }, "first signature");
        AssertRefused(sound with { Kind = EvidenceKind.Precommit }, "first signature");
        AssertRefused(sound with { Kind = EvidenceKind.Proposal }, "first signature");
        AssertRefused(sound with { Kind = (EvidenceKind)4 }, "unknown kind 4");
        AssertRefused(sound with { Validator = 2 }, "first signature");
        AssertRefused(sound with { Validator = 4 }, "validator 4 of 4");
        AssertRefused(sound with { Validator = -1 }, "validator -1 of 4");
        AssertRefused(sound with { Second = sound.Second with { Signature = sound.First.Signature } }, "second signature");
        AssertRefused(sound with { Second = sound.Second with { ValidRound = 0 } }, "a vote has no valid round");
    }

    private static Evidence Votes(VoteType type, Block? one, Block? other) => Evidence.Of(Signed(type, one), Signed(type, other));

    private static Vote Signed(VoteType type, Block? block) => KeyedHash.Signed(Given.Vote(type, 1, 0, block), Four);

    private static Proposal Proposal(Block block, int validRound) => KeyedHash.Signed(Given.Proposal(1, block, validRound), Four);

    private static void AssertAccepted(Evidence evidence)
    {
        Assert.True(EvidenceRules.TryVerify(evidence, Given.Chain, Four, new KeyedHash(), out var error), error);
        Assert.Empty(error);
    }

    private static void AssertRefused(Evidence evidence, string reason)
    {
        Assert.False(EvidenceRules.TryVerify(evidence, Given.Chain, Four, new KeyedHash(), out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
