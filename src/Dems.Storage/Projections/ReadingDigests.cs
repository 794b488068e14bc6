using Dems.Core;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;

namespace Dems.Storage.Projections;

/// <summary>Digests of the rows of the query tables. Every read checks those of the rows that it gives out.</summary>
internal static class ReadingDigests
{
    /// <summary>Over the columns as they are stored, before any of them is narrowed to its type.</summary>
    public static long OfReading(long node, long start, long register, long duration, long revision, long quantity, long quality, long entry, long marks) =>
        new RowDigest('r', stackalloc byte[RowDigest.ScratchSize])
            .Add(node).Add(start).Add(register).Add(duration).Add(revision).Add(quantity).Add(quality).Add(entry).Add(marks).Finish();

    public static long OfReading(long node, in ProjectedReading row)
    {
        var reading = row.Reading;
        return OfReading(
            node, reading.Start, (long)reading.Register, reading.Duration, reading.Revision, reading.Quantity, (long)reading.Quality, row.EntryIndex, (long)row.Marks);
    }

    public static long OfNode(in NodeRow node) => new RowDigest('n', stackalloc byte[RowDigest.ScratchSize])
        .Add(node.Id).Add(node.Address.ToArray()).Add(node.Readings).Add(node.FirstStart).Add(node.LastEnd).Finish();

    public static long OfResults(long height, long firstIndex, Hash32 seed, ReadOnlySpan<byte> rows) => new RowDigest('s', stackalloc byte[RowDigest.ScratchSize])
        .Add(height).Add(firstIndex).Add(seed).Add(rows).Finish();

    public static long OfApplied(long height, long results) => new RowDigest('a', stackalloc byte[RowDigest.ScratchSize]).Add(height).Add(results).Finish();
}
