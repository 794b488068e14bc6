using Dems.Core.Governance;
using Xunit;

namespace Dems.Core.Tests.Governance;

public sealed class BallotTallyTests
{
    private static readonly TallyRule TwoThirds = new(WeightMode.PerParty, MemberQuorum: false, 500_000, 666_667);

    [Theory]
    [InlineData(9, 7, 2, BallotDecision.Accepted)]
    [InlineData(9, 6, 3, BallotDecision.RejectedThreshold)]
    [InlineData(9, 3, 1, BallotDecision.RejectedQuorum)]
    public void Tally_OfAnyDecision_DecodesToItself(long total, long yes, long no, BallotDecision decision)
    {
        var tally = Of(total, yes, no, decision);
        Assert.True(BallotTally.TryDecode(tally.Encode(), out var decoded, out var error), error);
        Assert.Equal(tally, decoded);
    }

    [Theory]
    [InlineData(9, 7, 2, BallotDecision.RejectedThreshold, "the count gives Accepted")]
    [InlineData(9, 6, 3, BallotDecision.Accepted, "the count gives RejectedThreshold")]
    [InlineData(9, 8, 2, BallotDecision.Accepted, "no")]
    public void Tally_WhoseDecisionOrSumsCannotBe_IsRefused(long total, long yes, long no, BallotDecision decision, string reason)
    {
        Assert.False(BallotTally.TryDecode(Of(total, yes, no, decision).Encode(), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static BallotTally Of(long total, long yes, long no, BallotDecision decision) =>
        new(Samples.BallotVote.Ballot, BallotKind.Governance, TwoThirds, new BallotCount((int)total, total, (int)(yes + no), yes, no, 0), decision);
}
