using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>
/// Entry bodies, written once and found by leaf, by content, or by signer and sequence. The bytes are covered by the leaf hash, the other columns by the
/// row's digest.
/// </summary>
internal static class BodyTable
{
    private const string Columns = "id, leaf, content, signer, sequence, digest, bytes";
    private const string InsertRow = "INSERT INTO body (leaf, content, signer, sequence, digest, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    private const string SelectIdByLeaf = "SELECT id FROM body WHERE substr(leaf, 1, 8) = ?1 AND leaf = ?2 ORDER BY id LIMIT 1";
    private const string SelectById = $"SELECT {Columns} FROM body WHERE id = ?1";
    private const string SelectBySequence = $"SELECT {Columns} FROM body WHERE substr(signer, 1, 8) = ?1 AND sequence = ?2 AND signer = ?3 ORDER BY id";
    private const string SelectIdsByContent = "SELECT id FROM body WHERE substr(content, 1, 8) = ?1 AND content = ?2 ORDER BY id";
    private const string UpdateRow = "UPDATE body SET leaf = ?2, content = ?3, signer = ?4, sequence = ?5, digest = ?6, bytes = ?7 WHERE id = ?1";
    private const string DeleteRow = "DELETE FROM body WHERE id = ?1";

    /// <summary>Stores a body and returns its rowid. The caller has made sure that the leaf is not held.</summary>
    public static long Insert(SqliteFile file, PooledEntry entry)
    {
        using var insert = file.Query(InsertRow);
        insert.Bind(1, entry.Leaf.Value).Bind(2, entry.Content.Value).Bind(3, entry.Signer).Bind(4, entry.Sequence)
            .Bind(5, Digest(entry.Leaf, entry.Content, entry.Signer, entry.Sequence)).Bind(6, entry.Bytes.Span).Run();
        return file.LastRowId;
    }

    /// <summary>Rowid of a leaf's body; null if not held.</summary>
    public static long? FindByLeaf(SqliteFile file, LeafHash leaf)
    {
        using var select = file.Query(SelectIdByLeaf);
        return select.BindPrefix(1, leaf.Value).Bind(2, leaf.Value).Step() ? select.Integer(0) : null;
    }

    /// <summary>Rowids of all bodies with a content id, oldest first.</summary>
    public static List<long> FindByContent(SqliteFile file, ContentId content)
    {
        using var select = file.Query(SelectIdsByContent);
        select.BindPrefix(1, content.Value).Bind(2, content.Value);
        var ids = new List<long>();
        while (select.Step())
        {
            ids.Add(select.Integer(0));
        }

        return ids;
    }

    /// <summary>All bodies under one signer and sequence number, oldest first.</summary>
    public static List<BodyRow> FindBySequence(SqliteFile file, Hash32 signer, long sequence)
    {
        using var select = file.Query(SelectBySequence);
        select.BindPrefix(1, signer).Bind(2, sequence).Bind(3, signer);
        var rows = new List<BodyRow>();
        while (select.Step())
        {
            rows.Add(ReadRow(file, select));
        }

        return rows;
    }

    /// <summary>A body by rowid with its bytes, both checked; null if there is no such row.</summary>
    /// <exception cref="DamageException">Bytes or columns do not match their hash.</exception>
    public static (BodyRow Row, byte[] Bytes)? Read(SqliteFile file, long id)
    {
        using var select = file.Query(SelectById);
        if (!select.Bind(1, id).Step())
        {
            return null;
        }

        var row = ReadRow(file, select);
        var bytes = select.Blob(6);
        return MerkleHash.Leaf(bytes) == row.Leaf.Value
            ? (row, bytes.ToArray())
            : throw Damaged(file, row.Leaf.ToString(), "the bytes do not match the leaf hash");
    }

    /// <summary>A body's columns by rowid, checked; its bytes stay on the disk.</summary>
    /// <exception cref="DamageException">There is no such row, or the columns do not match its digest.</exception>
    public static BodyRow ReadRow(SqliteFile file, long id)
    {
        using var select = file.Query(SelectById);
        return select.Bind(1, id).Step() ? ReadRow(file, select) : throw Damaged(file, $"body {id}", "missing");
    }

    /// <summary>Whether there is such a row and both columns and bytes match their hashes.</summary>
    public static bool IsSound(SqliteFile file, long id)
    {
        using var select = file.Query(SelectById);
        return select.Bind(1, id).Step()
            && select.Integer(5) == Digest(new LeafHash(select.Hash(1)), new ContentId(select.Hash(2)), select.Hash(3), select.Integer(4))
            && MerkleHash.Leaf(select.Blob(6)) == select.Hash(1);
    }

    /// <summary>Whether a sound row holds the body of a leaf.</summary>
    public static bool IsSound(SqliteFile file, long id, LeafHash leaf) => IsSound(file, id) && ReadRow(file, id).Leaf == leaf;

    /// <summary>Whether there is such a row, sound or not.</summary>
    public static bool Exists(SqliteFile file, long id)
    {
        using var select = file.Query(SelectById);
        return select.Bind(1, id).Step();
    }

    /// <summary>Overwrites a damaged row.</summary>
    public static void Replace(SqliteFile file, long id, PooledEntry entry)
    {
        using var update = file.Query(UpdateRow);
        update.Bind(1, id).Bind(2, entry.Leaf.Value).Bind(3, entry.Content.Value).Bind(4, entry.Signer).Bind(5, entry.Sequence)
            .Bind(6, Digest(entry.Leaf, entry.Content, entry.Signer, entry.Sequence)).Bind(7, entry.Bytes.Span).Run();
    }

    /// <summary>Deletes a body.</summary>
    public static void Delete(SqliteFile file, long id)
    {
        using var delete = file.Query(DeleteRow);
        delete.Bind(1, id).Run();
    }

    /// <summary>The error for a damaged body.</summary>
    public static DamageException Damaged(SqliteFile file, string place, string reason) =>
        new(new Damage(file.Name, "entry", null, place, reason));

    private static BodyRow ReadRow(SqliteFile file, Query select)
    {
        var row = new BodyRow(select.Integer(0), new LeafHash(select.Hash(1)), new ContentId(select.Hash(2)), select.Hash(3), select.Integer(4));
        return select.Integer(5) == Digest(row.Leaf, row.Content, row.Signer, row.Sequence)
            ? row
            : throw Damaged(file, $"body {row.Id}", "the columns do not match the row's digest");
    }

    private static long Digest(LeafHash leaf, ContentId content, Hash32 signer, long sequence) =>
        new RowDigest('b', stackalloc byte[RowDigest.ScratchSize]).Add(leaf.Value).Add(content.Value).Add(signer).Add(sequence).Finish();
}
