using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Tests.Ledger.Merkle;

/// <summary>Tiles in memory, by coordinate; counts reads.</summary>
internal sealed class TileStore : ITileSource
{
    public SortedDictionary<TileCoordinate, ReadOnlyMemory<byte>> Tiles { get; } = [];

    public List<TileCoordinate> Reads { get; } = [];

    public long Size { get; private set; }

    public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile)
    {
        Reads.Add(tile);
        return Tiles.TryGetValue(tile, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null;
    }

    public IReadOnlyList<Tile> Append(ReadOnlySpan<Hash32> leaves)
    {
        var changed = TileBuilder.Append(Size, this, leaves);
        foreach (var tile in changed)
        {
            Tiles[tile.Coordinate] = tile.Bytes;
        }

        Size += leaves.Length;
        return changed;
    }
}
