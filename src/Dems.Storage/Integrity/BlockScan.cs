using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>Checks the entries of one block: each is at its place in the order, is the one that the block names, and matches its hashes.</summary>
internal static class BlockScan
{
    /// <summary>Adds what it finds, under the block's height.</summary>
    public static void CheckEntries(SqliteFile file, List<Damage> damages, DecidedBlock block)
    {
        for (var i = 0; i < block.Block.Leaves.Count; i++)
        {
            var (position, leaf) = (block.FirstIndex + i, block.Block.Leaves[i]);
            try
            {
                var entry = EntryTable.ReadOne(file, position);
                if (entry is null || entry.Leaf != leaf || entry.Height != block.Height)
                {
                    damages.Add(EntryTable.Damaged(file, block.Height, position, entry is null ? "missing" : "is not the one its block names").Damage);
                }
            }
            catch (DamageException e)
            {
                damages.Add(e.Damage with { Height = block.Height });
            }
        }
    }
}
