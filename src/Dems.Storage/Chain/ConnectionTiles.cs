using Dems.Core.Ledger.Merkle;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Tiles as one connection sees them: inside the writer's transaction, or of one snapshot.</summary>
internal sealed class ConnectionTiles(SqliteFile file) : ITileSource
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => TileTable.Read(file, tile);
}
