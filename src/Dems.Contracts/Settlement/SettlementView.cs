namespace Dems.Contracts.Settlement;

/// <summary>The settlement of a period.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Period">The days, as an ISO 8601 interval with the end exclusive.</param>
/// <param name="AsOf">Height of the newest block that it counts.</param>
/// <param name="Root">What a settlement ballot approves: root over statements and notes, in hexadecimal.</param>
/// <param name="Ballot">Content id of the ballot that closed the period; null while it is open.</param>
/// <param name="Matches">Whether the root computed here is the one that was approved; true while the period is open.</param>
/// <param name="Statements">Per party.</param>
/// <param name="Notes">Credit and debit notes of earlier periods that come with it.</param>
public sealed record SettlementView(
    string Pool, string Period, long AsOf, string Root, string? Ballot, bool Matches, IReadOnlyList<StatementSummaryView> Statements, IReadOnlyList<NoteView> Notes);
