using Dems.Core;
using Dems.Storage.Integrity;

namespace Dems.Storage.Projections;

/// <summary>Digests of the rows of the query tables. Every read checks those of the rows that it gives out.</summary>
internal static class ReadingDigests
{
    /// <summary>Over the columns as they are stored, before any of them is narrowed to its type.</summary>
    public static long OfPage(long node, long day, long register, ReadOnlySpan<byte> readings) =>
        new RowDigest('r', stackalloc byte[RowDigest.ScratchSize]).Add(node).Add(day).Add(register).Add(readings).Finish();

    public static long OfNode(in NodeRow node) => new RowDigest('n', stackalloc byte[RowDigest.ScratchSize])
        .Add(node.Id).Add(node.Address.ToArray()).Add(node.Readings).Add(node.FirstStart).Add(node.LastEnd).Finish();

    public static long OfResults(long height, long firstIndex, Hash32 seed, ReadOnlySpan<byte> rows) => new RowDigest('s', stackalloc byte[RowDigest.ScratchSize])
        .Add(height).Add(firstIndex).Add(seed).Add(rows).Finish();

    public static long OfApplied(long height, long results) => new RowDigest('a', stackalloc byte[RowDigest.ScratchSize]).Add(height).Add(results).Finish();
}
