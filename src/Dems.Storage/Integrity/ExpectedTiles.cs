using Dems.Core;
using Dems.Core.Ledger.Merkle;

namespace Dems.Storage.Integrity;

/// <summary>The tiles of a tree computed anew from its leaves. Full ones are handed out and forgotten; the partial ones of the right edge stay, one per level.</summary>
internal sealed class ExpectedTiles : ITileSource
{
    private readonly SortedDictionary<TileCoordinate, Tile> _partial = [];

    /// <summary>The right edge.</summary>
    public IReadOnlyCollection<Tile> Partial => _partial.Values;

    /// <summary>Adds leaves; <paramref name="full"/> receives each tile that became full.</summary>
    public void Append(long oldSize, ReadOnlySpan<Hash32> leaves, Action<TileCoordinate, ReadOnlyMemory<byte>> full)
    {
        foreach (var tile in TileBuilder.Append(oldSize, this, leaves))
        {
            if (tile.IsFull)
            {
                _partial.Remove(tile.Coordinate);
                full(tile.Coordinate, tile.Bytes);
            }
            else
            {
                _partial[tile.Coordinate] = tile;
            }
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => _partial.GetValueOrDefault(tile)?.Bytes;
}
