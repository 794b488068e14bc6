namespace Dems.Core.Governance.Payloads;

/// <summary>Later ballots are proposed and counted by other rules; those under way keep theirs.</summary>
/// <param name="Rules">The new rules.</param>
public sealed record GovernanceChange(GovernanceRules Rules) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Governance;
}
