using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Mempool;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>Puts a sound copy of one block in the place of a damaged one: block, certificate, order, bodies and the tiles over its entries.</summary>
internal static class BlockRepair
{
    /// <summary>Writes what is damaged or missing; what is sound stays.</summary>
    /// <exception cref="InvalidOperationException">The block is above the head, or a damaged body is not among <paramref name="bodies"/>; nothing happened.</exception>
    public static void Repair(SqliteFile file, DecidedBlock block, IReadOnlyList<PooledEntry> bodies)
    {
        if (block.Height > BlockTable.HeadHeight(file))
        {
            throw new InvalidOperationException($"Block {block.Height} is above the head: it is appended, not repaired.");
        }

        BlockTable.Insert(file, block);
        var copies = bodies.ToDictionary(body => body.Leaf);
        for (var i = 0; i < block.Block.Leaves.Count; i++)
        {
            var leaf = block.Block.Leaves[i];
            var position = block.FirstIndex + i;
            var body = RepairBody(file, leaf, position, copies);
            EntryTable.Insert(file, position, body, block.Height, leaf);
            PendingTable.Delete(file, body);
        }

        // The right edge of the tree is reported under the head, which may have no entries of its own: then the last entry's tiles are the edge.
        var size = block.Block.Header.TreeSize;
        TileRepair.Repair(file, Math.Max(0, Math.Min(block.FirstIndex, size - 1)), size);
    }

    private static long RepairBody(SqliteFile file, LeafHash leaf, long position, Dictionary<LeafHash, PooledEntry> copies)
    {
        // A damaged leaf column hides the row from its index; the order still knows it.
        var held = BodyTable.FindByLeaf(file, leaf) ?? EntryTable.FindBody(file, position);
        if (held is { } known && BodyTable.IsSound(file, known, leaf))
        {
            return known;
        }

        if (!copies.TryGetValue(leaf, out var copy))
        {
            throw new InvalidOperationException($"The copy lacks the damaged entry {leaf} (position {position}).");
        }

        // A sound row of another leaf means that the order was damaged, not the body it names.
        if (held is { } damaged && !BodyTable.IsSound(file, damaged) && BodyTable.Exists(file, damaged))
        {
            BodyTable.Replace(file, damaged, copy);
            return damaged;
        }

        return BodyTable.Insert(file, copy);
    }
}
