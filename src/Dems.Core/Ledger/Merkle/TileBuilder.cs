namespace Dems.Core.Ledger.Merkle;

/// <summary>Computes the tiles that an append changes (C2SP tlog-tiles). Pure: the caller stores what comes out.</summary>
public static class TileBuilder
{
    /// <summary>
    /// The tiles that are new or wider after appending, in order of level and index. Reads at most one partial tile per level; each full tile adds one
    /// hash to the level above, a partial one none.
    /// </summary>
    /// <param name="oldSize">Leaves before, 0…<see cref="MerkleFrontier.MaxSize"/>.</param>
    /// <param name="stored">Holds the tiles of the tree of <paramref name="oldSize"/> leaves.</param>
    /// <param name="leafHashes">Leaf hashes to append.</param>
    /// <exception cref="TileException">A partial tile of the old tree is absent or too narrow.</exception>
    /// <exception cref="OverflowException">The tree would have more than <see cref="MerkleFrontier.MaxSize"/> leaves.</exception>
    public static IReadOnlyList<Tile> Append(long oldSize, ITileSource stored, ReadOnlySpan<Hash32> leafHashes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        if (leafHashes.Length > MerkleFrontier.MaxSize - oldSize)
        {
            throw new OverflowException($"A tree holds at most {MerkleFrontier.MaxSize} leaves.");
        }

        var tiles = new List<Tile>();
        var hashes = leafHashes;
        for (var level = 0; !hashes.IsEmpty; level++)
        {
            hashes = AppendLevel(level, oldSize >> (TileCoordinate.Height * level), stored, hashes, tiles);
        }

        return tiles;
    }

    // Appends to one level, which had oldCount hashes, and returns what that appends to the level above.
    private static Hash32[] AppendLevel(int level, long oldCount, ITileSource stored, ReadOnlySpan<Hash32> hashes, List<Tile> tiles)
    {
        var above = new List<Hash32>();
        var index = oldCount >> TileCoordinate.Height;
        var width = (int)(oldCount & (TileCoordinate.FullWidth - 1));
        while (!hashes.IsEmpty)
        {
            var taken = Math.Min(hashes.Length, TileCoordinate.FullWidth - width);
            var coordinate = new TileCoordinate(level, index);
            var bytes = new byte[(width + taken) * Hash32.Size];
            ReadPartial(coordinate, stored, bytes.AsSpan(0, width * Hash32.Size));
            for (var i = 0; i < taken; i++)
            {
                hashes[i].CopyTo(bytes.AsSpan((width + i) * Hash32.Size));
            }

            var tile = new Tile(coordinate, bytes);
            tiles.Add(tile);
            if (tile.IsFull)
            {
                above.Add(tile.SubtreeRoot(0, TileCoordinate.Height));
            }

            hashes = hashes[taken..];
            (index, width) = (index + 1, 0);
        }

        return [.. above];
    }

    private static void ReadPartial(TileCoordinate coordinate, ITileSource stored, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        if (stored.ReadTile(coordinate) is not { IsEmpty: false } bytes)
        {
            throw new TileException(coordinate, "not stored");
        }

        if (bytes.Length < destination.Length)
        {
            throw new TileException(coordinate, $"{bytes.Length} bytes stored, {destination.Length} needed");
        }

        bytes.Span[..destination.Length].CopyTo(destination);
    }
}
