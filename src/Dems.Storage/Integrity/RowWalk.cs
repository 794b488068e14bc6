using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Walks the rowids of a table in a damaged file. Where a page cannot be read it looks for the next key that can be reached: first in doubling steps, then by
/// halving back, some forty seeks per damaged page.
/// </summary>
internal static class RowWalk
{
    // No table of this store has a rowid as high.
    private const long FurthestStep = 1L << 40;

    /// <summary>The keys that can be reached, ascending.</summary>
    /// <param name="file">The damaged file.</param>
    /// <param name="next">A query for the first key above ?1.</param>
    /// <param name="first">A value below every key.</param>
    public static IEnumerable<long> Run(SqliteFile file, string next, long first)
    {
        var last = first;
        while (true)
        {
            if (!TryNext(file, next, last, out var key))
            {
                if (FindReachable(file, next, last) is not { } reachable)
                {
                    yield break;
                }

                last = reachable;
            }
            else if (key is { } found)
            {
                yield return found;
                last = found;
            }
            else
            {
                yield break;
            }
        }
    }

    // The lowest value from which a seek works again; null if none does.
    private static long? FindReachable(SqliteFile file, string next, long last)
    {
        var step = 1L;
        while (!TryNext(file, next, last + step, out _))
        {
            step *= 2;
            if (step > FurthestStep)
            {
                return null;
            }
        }

        var (unreachable, reachable) = (last + (step / 2), last + step);
        while (reachable - unreachable > 1)
        {
            var middle = unreachable + ((reachable - unreachable) / 2);
            (unreachable, reachable) = TryNext(file, next, middle, out _) ? (unreachable, middle) : (middle, reachable);
        }

        return reachable;
    }

    private static bool TryNext(SqliteFile file, string next, long after, out long? key)
    {
        try
        {
            using var select = file.Query(next);
            key = select.Bind(1, after).Step() ? select.Integer(0) : null;

            // A damaged key may come back out of order; going on from it could go round in circles.
            return key is null || key > after;
        }
        catch (DamageException)
        {
            key = null;
            return false;
        }
    }
}
