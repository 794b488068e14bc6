namespace Dems.Core.Settlement.Statements;

/// <summary>Consecutive intervals of equal length that one receipt proves.</summary>
/// <param name="Start">Start of the first, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Length of each in seconds.</param>
/// <param name="Count">How many, at least 1.</param>
/// <param name="Provisional">Whether they are provisional.</param>
/// <param name="Reference">What proves them (<see cref="AllocatedEnergy.Reference"/>).</param>
public readonly record struct EvidenceRun(long Start, int Duration, int Count, bool Provisional, Hash32 Reference)
{
    /// <summary>First second after the last interval.</summary>
    public long End => Start + (long)Duration * Count;

    /// <summary>Whether a row continues the run.</summary>
    internal bool IsContinuedBy(AllocatedEnergy row) =>
        Joins(new EvidenceRun(row.Start, row.Duration, 1, row.Provisional, row.Reference));

    /// <summary>Whether another run could be part of this one.</summary>
    internal bool Joins(EvidenceRun next) => End == next.Start && Duration == next.Duration && Provisional == next.Provisional && Reference == next.Reference;
}
