using Dems.Contracts.Queries;
using Dems.Core.Governance;
using Dems.Core.Governance.Encoding;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Grains.Chains;

/// <summary>Ballots of the state as the API shows them.</summary>
internal static class BallotViews
{
    public static GovernanceView Of(LedgerState state)
    {
        var rules = state.Governance.Rules;
        return new GovernanceView(
            rules.Weights.ToString(),
            rules.QuorumPpm,
            rules.ThresholdPpm,
            rules.MinNoticeSeconds,
            rules.MaxOpenBallots,
            state.Protocol.Version,
            state.Protocol.TimeZones?.ToString());
    }

    public static BallotView Of(Ballot ballot)
    {
        var (terms, standing) = (ballot.Terms, ballot.Standing);
        var count = standing.Count;
        return new BallotView(
            ballot.Id.ToString(),
            terms.Number,
            terms.Kind.ToString(),
            standing.Phase.ToString(),
            terms.Text,
            BallotPayloadCodec.TryDecode(terms.Kind, terms.Payload, out var payload, out var error) ? PayloadText.Of(payload) : error,
            Convert.ToBase64String(terms.Payload.Span),
            terms.Proposer.ToString(),
            TimeOf(terms.ProposedAt),
            TimeOf(terms.OpensAt),
            TimeOf(terms.Deadline),
            TimeOf(terms.EffectiveFrom),
            new TallyRuleView(terms.Rule.Weights.ToString(), terms.Rule.MemberQuorum, terms.Rule.QuorumPpm, terms.Rule.ThresholdPpm),
            new BallotCountView(count.Electors, count.Total, count.Voters, count.Yes, count.No, count.Abstain))
        {
            Decision = standing.Decision?.ToString(),
            Effect = standing.Effect is { } effect ? OutcomeText.StatusOf(effect) : null,
            EffectReason = standing.Effect is { } outcome ? OutcomeText.ReasonOf(outcome) : null,
        };
    }

    private static DateTimeOffset TimeOf(BlockTime time) => DateTimeOffset.FromUnixTimeMilliseconds(time.UnixMilliseconds);
}
