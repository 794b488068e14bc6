namespace Dems.Core.Governance.Payloads;

/// <summary>The statements of a period are right, and are changed by numbered notes only from now on.</summary>
/// <param name="Period">What members call the period, for example 2026-11: 1…64 printable ASCII characters without spaces.</param>
/// <param name="Statements">Hash of the statements.</param>
public sealed record SettlementApproval(string Period, Hash32 Statements) : BallotPayload
{
    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Settlement;
}
