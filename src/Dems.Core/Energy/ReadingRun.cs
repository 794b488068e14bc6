namespace Dems.Core.Energy;

/// <summary>
/// Readings of one register over consecutive intervals of equal length that share quality and revision: interval i starts at
/// <see cref="Start"/> + i · <see cref="Duration"/>. A batch and the ledger state hold readings in this form.
/// </summary>
/// <param name="Register">What was counted.</param>
/// <param name="Start">Start of the first interval in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Length of each interval in seconds.</param>
/// <param name="Quality">How the quantities came about.</param>
/// <param name="Revision">Revision of each reading.</param>
/// <param name="Quantities">Amounts in Wh, at least one.</param>
public sealed record ReadingRun(Register Register, long Start, int Duration, Quality Quality, int Revision, ReadOnlyMemory<long> Quantities)
{
    /// <summary>End of the last interval (exclusive) in seconds since 1970-01-01T00:00:00Z.</summary>
    public long End => Start + (long)Duration * Quantities.Length;

    /// <summary>The reading of interval <paramref name="index"/>.</summary>
    public Reading this[int index] => new(Register, Start + (long)index * Duration, Duration, Quantities.Span[index], Quality, Revision);
}
