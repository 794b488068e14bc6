using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>
/// The order of the entries: position in the chain's tree → body. One narrow row per entry; its digest binds position, body, block and leaf, so that an
/// entry can be served without decoding its block. A leaf may be ordered again by a later block; lookups give the first place.
/// </summary>
internal static class EntryTable
{
    private const string InsertRow = "INSERT OR REPLACE INTO entry (position, body, height, digest) VALUES (?1, ?2, ?3, ?4)";
    private const string SelectRange = "SELECT position, body, height, digest FROM entry WHERE position >= ?1 ORDER BY position LIMIT ?2";
    private const string SelectFirstPlace = "SELECT position, body, height, digest FROM entry WHERE body = ?1 ORDER BY position LIMIT 1";

    /// <summary>Sets the order of one entry.</summary>
    public static void Insert(SqliteFile file, long position, long body, Height height, LeafHash leaf)
    {
        using var insert = file.Query(InsertRow);
        insert.Bind(1, position).Bind(2, body).Bind(3, height.Value).Bind(4, Digest(position, body, height.Value, leaf)).Run();
    }

    /// <summary>The first place of a body in the order; null if it is not ordered.</summary>
    /// <exception cref="DamageException">The row does not match its digest.</exception>
    public static long? FindPosition(SqliteFile file, long body, LeafHash leaf)
    {
        using var select = file.Query(SelectFirstPlace);
        if (!select.Bind(1, body).Step())
        {
            return null;
        }

        var position = select.Integer(0);
        return select.Integer(3) == Digest(position, select.Integer(1), select.Integer(2), leaf)
            ? position
            : throw Damaged(file, null, position, "the columns do not match the row's digest");
    }

    /// <summary>Rowid of the body at a position, unchecked; null if the position is not in the order.</summary>
    public static long? FindBody(SqliteFile file, long position)
    {
        using var select = file.Query(SelectRange);
        return select.Bind(1, position).Bind(2, 1).Step() && select.Integer(0) == position ? select.Integer(1) : null;
    }

    /// <summary>The first ordered entry with a body; null if it is not ordered.</summary>
    /// <exception cref="DamageException">The entry does not match its hashes.</exception>
    public static StoredEntry? FindByBody(SqliteFile file, long body)
    {
        using var select = file.Query(SelectFirstPlace);
        return select.Bind(1, body).Step() ? ReadEntry(file, select) : null;
    }

    /// <summary>The entry at a position; null if there is none.</summary>
    /// <exception cref="DamageException">The entry does not match its hashes.</exception>
    public static StoredEntry? ReadOne(SqliteFile file, long position)
    {
        using var select = file.Query(SelectRange);
        return select.Bind(1, position).Bind(2, 1).Step() && select.Integer(0) == position ? ReadEntry(file, select) : null;
    }

    /// <summary>Entries from a position on, in order; a gap is damage.</summary>
    /// <exception cref="DamageException">An entry is missing or does not match its hashes.</exception>
    public static List<StoredEntry> ReadRange(SqliteFile file, long first, int count)
    {
        using var select = file.Query(SelectRange);
        select.Bind(1, first).Bind(2, count);
        var entries = new List<StoredEntry>(Math.Min(count, Block.MaxEntries));
        while (select.Step())
        {
            var entry = ReadEntry(file, select);
            if (entry.Index != first + entries.Count)
            {
                throw Damaged(file, null, first + entries.Count, "missing");
            }

            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>The error for a damaged place in the order.</summary>
    public static DamageException Damaged(SqliteFile file, Height? height, long position, string reason) =>
        new(new Damage(file.Name, "entry", height, $"entry {position}", reason));

    private static StoredEntry ReadEntry(SqliteFile file, Query select)
    {
        var (position, id, height, digest) = (select.Integer(0), select.Integer(1), new Height(select.Integer(2)), select.Integer(3));
        (BodyRow Row, byte[] Bytes)? body;
        try
        {
            body = BodyTable.Read(file, id);
        }
        catch (DamageException e)
        {
            throw Damaged(file, height, position, $"{e.Damage.Place}: {e.Damage.Reason}");
        }

        if (body is not { } found)
        {
            throw Damaged(file, height, position, $"body {id} is missing");
        }

        return digest == Digest(position, id, height.Value, found.Row.Leaf)
            ? new StoredEntry(position, height, found.Row.Leaf, found.Row.Content, found.Bytes)
            : throw Damaged(file, null, position, "the columns do not match the row's digest");
    }

    private static long Digest(long position, long body, long height, LeafHash leaf) =>
        new RowDigest('e', stackalloc byte[RowDigest.ScratchSize]).Add(position).Add(body).Add(height).Add(leaf.Value).Finish();
}
