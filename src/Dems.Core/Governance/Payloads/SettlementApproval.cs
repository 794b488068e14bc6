namespace Dems.Core.Governance.Payloads;

/// <summary>The statements of a period are right, and are changed by numbered notes only from now on; so are the notes that come with them.</summary>
/// <param name="Period">The period as <see cref="Settlement.Calendar.BillingPeriod.TryParse"/> reads it, for example 2026-11.</param>
/// <param name="Statements">What names the statements and notes: <see cref="Settlement.OnChain.PeriodClosing.Root"/>.</param>
/// <param name="AsOf">Height of the newest block that they count: what later blocks say are corrections.</param>
/// <param name="Notes">How many credit and debit notes of earlier periods they include, 0…<see cref="MaxNotes"/>.</param>
public sealed record SettlementApproval(string Period, Hash32 Statements, long AsOf = 0, int Notes = 0) : BallotPayload
{
    /// <summary>Most notes of one closing.</summary>
    public const int MaxNotes = 1_000_000;

    /// <inheritdoc/>
    public override BallotKind Kind => BallotKind.Settlement;
}
