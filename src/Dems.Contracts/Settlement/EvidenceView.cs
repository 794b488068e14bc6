namespace Dems.Contracts.Settlement;

/// <summary>Consecutive intervals that one row proves.</summary>
/// <param name="Start">Start of the first.</param>
/// <param name="DurationSeconds">Length of each.</param>
/// <param name="Count">How many.</param>
/// <param name="Provisional">Whether they are provisional.</param>
/// <param name="Reference">Leaf hash of the row in the results tree of its block, in hexadecimal.</param>
public sealed record EvidenceView(DateTimeOffset Start, int DurationSeconds, int Count, bool Provisional, string Reference);
