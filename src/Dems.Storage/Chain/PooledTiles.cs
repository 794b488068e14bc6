using Dems.Core.Ledger.Merkle;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Tiles as the newest commit has them. A tile only grows, so that reads of different commits never contradict one another.</summary>
internal sealed class PooledTiles(ReadPool reads) : ITileSource
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => reads.Read(file => TileTable.Read(file, tile));
}
