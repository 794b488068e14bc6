using Dems.Core;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Computes the tiles over a range of entries again, from the leaf lists of the blocks upward.</summary>
internal static class TileRepair
{
    /// <summary>
    /// Rewrites every tile that covers one of the entries [first, end). A tile whose entries lie in a block that is itself damaged is left: repairing that block comes back to it.
    /// </summary>
    public static void Repair(SqliteFile file, long first, long end)
    {
        var treeSize = BlockTable.ReadHead(file)?.Block.Header.TreeSize ?? 0;
        for (var level = 0; level <= TileCoordinate.MaxLevel && first < end; level++)
        {
            var shift = TileCoordinate.Height * (level + 1);
            for (var index = first >> shift; index <= (end - 1) >> shift; index++)
            {
                RepairTile(file, new TileCoordinate(level, index), treeSize);
            }
        }
    }

    private static void RepairTile(SqliteFile file, TileCoordinate tile, long treeSize)
    {
        var width = tile.WidthAt(treeSize);
        if (width == 0)
        {
            return;
        }

        var hashes = tile.Level == 0
            ? ReadLeaves(file, tile.Index << TileCoordinate.Height, width)
            : ReadRoots(file, tile, width);
        if (hashes is not null)
        {
            var bytes = new byte[width * Hash32.Size];
            for (var i = 0; i < width; i++)
            {
                hashes[i].CopyTo(bytes.AsSpan(i * Hash32.Size));
            }

            TileTable.Insert(file, new Tile(tile, bytes));
        }
    }

    private static Hash32[]? ReadLeaves(SqliteFile file, long first, int count)
    {
        // While blocks are being filled in from below, the end of a tile is what is missing.
        if (TryReadBlock(file, first + count - 1) is null)
        {
            return null;
        }

        var leaves = new Hash32[count];
        for (var i = 0; i < count;)
        {
            if (TryReadBlock(file, first + i) is not { } block)
            {
                return null;
            }

            for (var place = (int)(first + i - block.FirstIndex); i < count && place < block.Block.Leaves.Count; i++, place++)
            {
                leaves[i] = block.Block.Leaves[place].Value;
            }
        }

        return leaves;
    }

    // A hash of an upper tile is the root over the 256 hashes of a full tile below.
    private static Hash32[]? ReadRoots(SqliteFile file, TileCoordinate tile, int width)
    {
        if (TryReadTile(file, new TileCoordinate(tile.Level - 1, (tile.Index << TileCoordinate.Height) + width - 1)) is not { IsFull: true })
        {
            return null;
        }

        var roots = new Hash32[width];
        for (var i = 0; i < width; i++)
        {
            if (TryReadTile(file, new TileCoordinate(tile.Level - 1, (tile.Index << TileCoordinate.Height) + i)) is not { IsFull: true } below)
            {
                return null;
            }

            roots[i] = MerkleFrontier.Empty.AppendAll(Enumerable.Range(0, below.Width).Select(place => below[place])).Root;
        }

        return roots;
    }

    private static DecidedBlock? TryReadBlock(SqliteFile file, long position)
    {
        try
        {
            return BlockTable.ReadByEntry(file, position);
        }
        catch (DamageException)
        {
            return null;
        }
    }

    private static Tile? TryReadTile(SqliteFile file, TileCoordinate tile)
    {
        try
        {
            return TileTable.Read(file, tile) is { } bytes ? new Tile(tile, bytes) : null;
        }
        catch (DamageException)
        {
            return null;
        }
    }
}
