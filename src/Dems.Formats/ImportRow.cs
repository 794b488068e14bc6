namespace Dems.Formats;

/// <summary>
/// What reading a file yields, in the order of the file: a reading, a refused row, or a row that is sound but holds nothing to import.
/// </summary>
public abstract record ImportRow
{
    private ImportRow()
    {
    }

    /// <summary>A good reading.</summary>
    public sealed record Accepted(ImportedReading Reading) : ImportRow;

    /// <summary>Damaged or contradictory data: nothing was taken from the row, and somebody should look at it.</summary>
    public sealed record Rejected(RejectedRow Row) : ImportRow;

    /// <summary>Sound data that is not energy (reactive power, a check meter): reported so that it is not missed, but no damage.</summary>
    public sealed record Skipped(RejectedRow Row) : ImportRow;
}
