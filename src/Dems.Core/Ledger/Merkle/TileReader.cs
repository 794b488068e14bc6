namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// Subtree roots from stored tiles, each read once and kept for the reader's life: make one per proof. In a tree with t tile levels (one per 8 levels)
/// an inclusion or consistency proof, or a root, reads at most 2 t tiles: those beside the path and those of the right edge. Not safe for concurrent use.
/// </summary>
public sealed class TileReader(ITileSource source) : ISubtreeSource
{
    private readonly Dictionary<TileCoordinate, Tile> _tiles = [];

    /// <inheritdoc/>
    /// <exception cref="TileException">The tile is absent, too narrow or of an impossible length.</exception>
    public Hash32 GetSubtreeRoot(int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 62);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var (tileLevel, height) = Math.DivRem(level, TileCoordinate.Height);
        var first = index << height;
        var tile = Read(new TileCoordinate(tileLevel, first >> TileCoordinate.Height));
        var position = (int)(first & (TileCoordinate.FullWidth - 1));
        var needed = position + (1 << height);
        return tile.Width >= needed
            ? tile.SubtreeRoot(position, height)
            : throw new TileException(tile.Coordinate, $"{tile.Width} hashes stored, {needed} needed");
    }

    private Tile Read(TileCoordinate coordinate)
    {
        if (_tiles.TryGetValue(coordinate, out var known))
        {
            return known;
        }

        if (source.ReadTile(coordinate) is not { IsEmpty: false } bytes)
        {
            throw new TileException(coordinate, "not stored");
        }

        if (bytes.Length > TileCoordinate.FullBytes || bytes.Length % Hash32.Size != 0)
        {
            throw new TileException(coordinate, $"{bytes.Length} bytes are not 1…{TileCoordinate.FullWidth} hashes");
        }

        var tile = new Tile(coordinate, bytes);
        _tiles.Add(coordinate, tile);
        return tile;
    }
}
