using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>The one gap of a chain, in a row that is there while it is.</summary>
internal static class GapTable
{
    private const string SelectRow = "SELECT first, last, digest FROM gap WHERE id = 1";
    private const string UpsertRow = "INSERT OR REPLACE INTO gap (id, first, last, digest) VALUES (1, ?1, ?2, ?3)";

    /// <summary>The gap; null if there is none.</summary>
    /// <exception cref="DamageException">The row does not match its digest.</exception>
    public static ChainGap? Read(SqliteFile file)
    {
        using var select = file.Query(SelectRow);
        if (!select.Step())
        {
            return null;
        }

        var gap = new ChainGap(new Height(select.Integer(0)), new Height(select.Integer(1)));
        return select.Integer(2) == Digest(gap) ? gap : throw new DamageException(new Damage(file.Name, "gap", null, "row 1", "does not match its digest"));
    }

    /// <summary>The gap; null if there is none or its row is damaged. Then what is missing counts as damaged, which is repaired before anything else.</summary>
    public static ChainGap? ReadIfSound(SqliteFile file)
    {
        try
        {
            return Read(file);
        }
        catch (DamageException)
        {
            return null;
        }
    }

    /// <summary>Widens the gap so that it ends at a block whose state is adopted.</summary>
    public static void Open(SqliteFile file, Height first, Height last) => Write(file, new ChainGap(Read(file)?.First ?? first, last));

    /// <summary>Takes note that a block is here; the lowest missing one makes the gap smaller, the last one ends it.</summary>
    public static void Fill(SqliteFile file, Height height)
    {
        if (ReadIfSound(file) is not { } gap || gap.First != height)
        {
            return;
        }

        if (height == gap.Last)
        {
            file.Execute("DELETE FROM gap");
        }
        else
        {
            Write(file, gap with { First = height.Next });
        }
    }

    /// <summary>Removes a row that does not match its digest.</summary>
    public static bool DeleteIfDamaged(SqliteFile file)
    {
        try
        {
            Read(file);
            return false;
        }
        catch (DamageException)
        {
            file.Execute("DELETE FROM gap");
            return true;
        }
    }

    private static void Write(SqliteFile file, ChainGap gap)
    {
        using var write = file.Query(UpsertRow);
        write.Bind(1, gap.First.Value).Bind(2, gap.Last.Value).Bind(3, Digest(gap)).Run();
    }

    private static long Digest(ChainGap gap) => new RowDigest('g', stackalloc byte[RowDigest.ScratchSize]).Add(gap.First.Value).Add(gap.Last.Value).Finish();
}
