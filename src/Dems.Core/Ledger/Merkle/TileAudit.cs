namespace Dems.Core.Ledger.Merkle;

/// <summary>Compares stored tiles with what the entries themselves say: finds the first damaged tile, not only that some root is wrong.</summary>
public static class TileAudit
{
    // Leaves per step: bounds the memory to a few hundred tiles, whatever the tree's size.
    private const int StepLeaves = 1 << 16;

    /// <summary>
    /// Recomputes every tile from the leaf hashes and compares it with the stored one, which must be equal in width and bytes. False with the first
    /// damaged tile and a reason otherwise. The order is that of the leaves, lower levels first.
    /// </summary>
    /// <param name="leafHashes">All leaves, hashed anew from the stored entries.</param>
    /// <param name="stored">The tiles to be judged.</param>
    /// <param name="damaged">The first tile that differs.</param>
    /// <param name="error">What is wrong with it; empty if nothing.</param>
    public static bool TryMatch(IEnumerable<Hash32> leafHashes, ITileSource stored, out TileCoordinate damaged, out string error)
    {
        (damaged, error) = (default, "");
        var edge = new RightEdge();
        var size = 0L;
        foreach (var step in leafHashes.Chunk(StepLeaves))
        {
            foreach (var tile in TileBuilder.Append(size, edge, step))
            {
                // A partial tile may still grow; what remains at the end is compared then.
                if (tile.IsFull && !Equal(tile, stored, out error))
                {
                    damaged = tile.Coordinate;
                    return false;
                }

                edge.Set(tile);
            }

            size += step.Length;
        }

        foreach (var tile in edge.Tiles.Where(tile => !tile.IsFull))
        {
            if (!Equal(tile, stored, out error))
            {
                damaged = tile.Coordinate;
                return false;
            }
        }

        return true;
    }

    private static bool Equal(Tile expected, ITileSource stored, out string error)
    {
        error = "";
        if (stored.ReadTile(expected.Coordinate) is not { IsEmpty: false } bytes)
        {
            error = "not stored";
        }
        else if (bytes.Length != expected.Bytes.Length)
        {
            error = $"{bytes.Length} bytes stored, {expected.Bytes.Length} expected";
        }
        else if (bytes.Span.CommonPrefixLength(expected.Bytes.Span) is var same && same < bytes.Length)
        {
            error = $"differs from the entries at byte {same}";
        }

        return error.Length == 0;
    }

    // The latest tile of each level: all that the next step reads.
    private sealed class RightEdge : ITileSource
    {
        private readonly SortedDictionary<int, Tile> _byLevel = [];

        public IEnumerable<Tile> Tiles => _byLevel.Values;

        public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) =>
            _byLevel.TryGetValue(tile.Level, out var last) && last.Coordinate == tile ? last.Bytes : (ReadOnlyMemory<byte>?)null;

        public void Set(Tile tile) => _byLevel[tile.Coordinate.Level] = tile;
    }
}
