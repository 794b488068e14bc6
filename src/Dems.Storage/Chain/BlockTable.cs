using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Decided blocks with their certificates, by height. Block and certificate have a digest each, so that a report names the damaged one.</summary>
internal static class BlockTable
{
    private const string Columns = "height, digest, certificate_digest, hash, tree_size, certificate, bytes";
    private const string InsertRow = $"INSERT OR REPLACE INTO block ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    private const string SelectHead = $"SELECT {Columns} FROM block ORDER BY height DESC LIMIT 1";
    private const string SelectByEntry = $"SELECT {Columns} FROM block WHERE tree_size > ?1 ORDER BY tree_size, height LIMIT 1";
    private const string SelectOne = $"SELECT {Columns} FROM block WHERE height = ?1";

    /// <summary>Stores a block, replacing a damaged one.</summary>
    public static void Insert(SqliteFile file, DecidedBlock block)
    {
        var bytes = BlockCodec.Encode(block.Block);
        var certificate = CertificateCodec.Encode(block.Certificate);
        var height = block.Height.Value;
        using var insert = file.Query(InsertRow);
        insert.Bind(1, height)
            .Bind(2, Digest(height, block.Hash.Value, block.Block.Header.TreeSize, bytes))
            .Bind(3, CertificateDigest(height, certificate))
            .Bind(4, block.Hash.Value).Bind(5, block.Block.Header.TreeSize).Bind(6, certificate).Bind(7, bytes).Run();
    }

    /// <summary>The newest block; null at genesis.</summary>
    public static DecidedBlock? ReadHead(SqliteFile file)
    {
        using var select = file.Query(SelectHead);
        return select.Step() ? ReadRow(file, select) : null;
    }

    /// <summary>A block; null if not stored.</summary>
    public static DecidedBlock? Read(SqliteFile file, Height height)
    {
        using var select = file.Query(SelectOne);
        return select.Bind(1, height.Value).Step() ? ReadRow(file, select) : null;
    }

    /// <summary>The block that ordered the entry at a position; null if none is stored.</summary>
    public static DecidedBlock? ReadByEntry(SqliteFile file, long position)
    {
        using var select = file.Query(SelectByEntry);
        return select.Bind(1, position).Step() && ReadRow(file, select) is { } block && block.FirstIndex <= position ? block : null;
    }

    /// <summary>Height of the newest block; genesis before any.</summary>
    public static Height HeadHeight(SqliteFile file)
    {
        using var select = file.Query("SELECT max(height) FROM block");
        return select.Step() ? new Height(select.Integer(0)) : Height.Genesis;
    }

    /// <summary>The error for a damaged block or certificate.</summary>
    public static DamageException Damaged(SqliteFile file, string what, Height height, string reason) =>
        new(new Damage(file.Name, what, height, $"height {height}", reason));

    private static DecidedBlock ReadRow(SqliteFile file, Query select)
    {
        var height = new Height(select.Integer(0));
        var (hash, treeSize) = (select.Hash(3), select.Integer(4));
        var (certificateBytes, bytes) = (select.Blob(5).ToArray(), select.Blob(6).ToArray());
        if (select.Integer(1) != Digest(height.Value, hash, treeSize, bytes))
        {
            throw Damaged(file, "block", height, "does not match its digest");
        }

        if (select.Integer(2) != CertificateDigest(height.Value, certificateBytes))
        {
            throw Damaged(file, "certificate", height, "does not match its digest");
        }

        if (!BlockCodec.TryDecode(bytes, out var block, out var blockHash, out var error))
        {
            throw Damaged(file, "block", height, error);
        }

        if (!CertificateCodec.TryDecode(certificateBytes, out var certificate, out error))
        {
            throw Damaged(file, "certificate", height, error);
        }

        return blockHash.Value == hash && certificate.Block == blockHash
            ? new DecidedBlock(block, blockHash, certificate)
            : throw Damaged(file, "block", height, "does not match its hash");
    }

    private static long Digest(long height, Hash32 hash, long treeSize, ReadOnlySpan<byte> bytes) =>
        new RowDigest('k', stackalloc byte[RowDigest.ScratchSize]).Add(height).Add(hash).Add(treeSize).Add(bytes).Finish();

    private static long CertificateDigest(long height, ReadOnlySpan<byte> bytes) =>
        new RowDigest('f', stackalloc byte[RowDigest.ScratchSize]).Add(height).Add(bytes).Finish();
}
