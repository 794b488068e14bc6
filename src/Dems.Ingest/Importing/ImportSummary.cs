namespace Dems.Ingest.Importing;

/// <summary>What an import did so far.</summary>
/// <param name="Readings">Good readings read.</param>
/// <param name="Rejected">Rows refused; the report names each.</param>
/// <param name="Batches">Batches cut.</param>
/// <param name="Delivered">Batches that the member stored now.</param>
/// <param name="Repeated">Batches that were delivered before, now or by an earlier run.</param>
public readonly record struct ImportSummary(long Readings, long Rejected, long Batches, long Delivered, long Repeated)
{
    /// <summary>Both together.</summary>
    public static ImportSummary operator +(ImportSummary a, ImportSummary b) =>
        new(a.Readings + b.Readings, a.Rejected + b.Rejected, a.Batches + b.Batches, a.Delivered + b.Delivered, a.Repeated + b.Repeated);
}
