using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Mempool;
using Dems.Storage.Safety;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Copies from a damaged file into an empty one whatever still matches its hash. Indexes, order and tiles are made anew; gaps stay gaps, which a scan of the
/// new file reports block by block. Nothing is invented, the safety row least of all.
/// </summary>
internal sealed class Salvage(SqliteFile damaged, SqliteFile sound, SafetyPosition? highWater)
{
    private const string NextBody = "SELECT id FROM body WHERE id > ?1 ORDER BY id LIMIT 1";
    private const string NextBlock = "SELECT height FROM block WHERE height > ?1 ORDER BY height LIMIT 1";
    private const int RowsPerCommit = 5_000;

    private int _rows;

    /// <summary>Copies everything and says how much it was.</summary>
    public RebuildReport Run(string movedTo)
    {
        sound.Execute("BEGIN IMMEDIATE");
        var bodies = CopyBodies();
        var (blocks, entries, treeSize) = CopyBlocks();
        TileRepair.Repair(sound, 0, treeSize);
        var safety = CopySafety();
        sound.Execute("COMMIT");
        return new RebuildReport(movedTo, blocks, entries, bodies, safety);
    }

    private int CopyBodies()
    {
        var copied = 0;
        foreach (var id in RowWalk.Run(damaged, NextBody, 0))
        {
            if (TryRead(() => BodyTable.Read(damaged, id)) is not { } body || BodyTable.FindByLeaf(sound, body.Row.Leaf) is not null)
            {
                continue;
            }

            // Everything counts as pending until a block orders it. A body without a readable mark is kept for good: it may have been promised.
            var (received, local) = TryRead(() => PendingTable.Read(damaged, id)) ?? (new BlockTime(0), true);
            var entry = new PooledEntry(body.Row.Leaf, body.Row.Content, body.Row.Signer, body.Row.Sequence, body.Bytes, received);
            PendingTable.Insert(sound, BodyTable.Insert(sound, entry), received, local);
            copied++;
            CommitNowAndThen();
        }

        return copied;
    }

    private (int Blocks, long Entries, long TreeSize) CopyBlocks()
    {
        var (blocks, entries, treeSize) = (0, 0L, 0L);
        foreach (var height in RowWalk.Run(damaged, NextBlock, 0))
        {
            if (TryReadBlock(new Height(height)) is not { } block)
            {
                continue;
            }

            BlockTable.Insert(sound, block);
            for (var i = 0; i < block.Block.Leaves.Count; i++)
            {
                if (BodyTable.FindByLeaf(sound, block.Block.Leaves[i]) is { } body)
                {
                    EntryTable.Insert(sound, block.FirstIndex + i, body, block.Height, block.Block.Leaves[i]);
                    PendingTable.Delete(sound, body);
                    entries++;
                    CommitNowAndThen();
                }
            }

            blocks++;
            treeSize = block.Block.Header.TreeSize;
        }

        return (blocks, entries, treeSize);
    }

    // A row below the mark is an old one: with it the validator could sign a second time what it has signed already.
    private bool CopySafety()
    {
        SafetyRow? row;
        try
        {
            row = SafetyTable.Read(damaged);
        }
        catch (StorageException)
        {
            return false;
        }

        if (row is null || highWater is not { } mark || row.Position.CompareTo(mark) < 0)
        {
            return false;
        }

        SafetyTable.Write(sound, row);
        return true;
    }

    private DecidedBlock? TryReadBlock(Height height)
    {
        try
        {
            return BlockTable.Read(damaged, height);
        }
        catch (DamageException)
        {
            return null;
        }
    }

    private static T? TryRead<T>(Func<T?> read)
        where T : struct
    {
        try
        {
            return read();
        }
        catch (DamageException)
        {
            return null;
        }
    }

    private void CommitNowAndThen()
    {
        _rows++;
        if (_rows % RowsPerCommit == 0)
        {
            sound.Execute("COMMIT; BEGIN IMMEDIATE");
        }
    }
}
