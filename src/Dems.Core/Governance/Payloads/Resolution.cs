namespace Dems.Core.Governance.Payloads;

/// <summary>Nothing but the ballot's text: what the pool resolves, for people to act on.</summary>
public sealed record Resolution() : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Resolution;
}
