using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Tiles of the chain's tree in their widest form; a partial one is replaced as it grows.</summary>
internal static class TileTable
{
    private const string InsertRow = "INSERT OR REPLACE INTO tile (level, position, digest, bytes) VALUES (?1, ?2, ?3, ?4)";
    private const string SelectOne = "SELECT digest, bytes FROM tile WHERE level = ?1 AND position = ?2";

    /// <summary>Stores a new or wider tile.</summary>
    public static void Insert(SqliteFile file, Tile tile)
    {
        using var insert = file.Query(InsertRow);
        insert.Bind(1, tile.Coordinate.Level).Bind(2, tile.Coordinate.Index)
            .Bind(3, Digest(tile.Coordinate, tile.Bytes.Span)).Bind(4, tile.Bytes.Span).Run();
    }

    /// <summary>A tile's hashes; null if not stored.</summary>
    /// <exception cref="DamageException">The bytes do not match the row's digest.</exception>
    public static ReadOnlyMemory<byte>? Read(SqliteFile file, TileCoordinate tile)
    {
        using var select = file.Query(SelectOne);
        if (!select.Bind(1, tile.Level).Bind(2, tile.Index).Step())
        {
            return null;
        }

        var bytes = select.Blob(1).ToArray();
        return select.Integer(0) == Digest(tile, bytes) ? bytes : throw Damaged(file, null, tile, "does not match its digest");
    }

    /// <summary>The error for a damaged tile.</summary>
    public static DamageException Damaged(SqliteFile file, Height? height, TileCoordinate tile, string reason) =>
        new(new Damage(file.Name, "tile", height, tile.ToString(), reason));

    private static long Digest(TileCoordinate tile, ReadOnlySpan<byte> bytes) =>
        new RowDigest('t', stackalloc byte[RowDigest.ScratchSize]).Add(tile.Level).Add(tile.Index).Add(bytes).Finish();
}
