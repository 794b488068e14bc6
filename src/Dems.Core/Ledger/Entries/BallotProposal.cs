using Dems.Core.Governance;
using Dems.Core.Governance.Payloads;

namespace Dems.Core.Ledger.Entries;

/// <summary>Puts something to the vote. Signed by the key of a party or a member. The entry's content id names the ballot.</summary>
/// <param name="Payload">What is proposed.</param>
/// <param name="Text">What the electors read, 1…<see cref="MaxTextLength"/> characters.</param>
/// <param name="Notice">Seconds between the block that holds the proposal and the opening, 0…<see cref="GovernanceRules.MaxNoticeSeconds"/>.</param>
/// <param name="Deadline">First second at which votes no longer count, since 1970-01-01T00:00:00Z.</param>
/// <param name="EffectiveFrom">First second of the effect, not before the deadline (<see cref="BallotTimes.Refusal"/>).</param>
public sealed record BallotProposal(BallotPayload Payload, string Text, int Notice, long Deadline, long EffectiveFrom) : EntryBody
{
    /// <summary>Longest text in UTF-16 units.</summary>
    public const int MaxTextLength = 1_000;

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.BallotProposal;
}
