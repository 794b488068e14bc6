using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Checks what a start reads and relies on: the blocks from the newest snapshot to the head with their links and entries and the index that leads to
/// these, the tree's right edge against the root in the head's header, and the bodies that wait to be ordered. The cost follows what is executed again, not the length of the chain (docs/adr/015-the-tail-before-the-vote.md).
/// </summary>
internal sealed class TailScan(SqliteFile file, List<Damage> damages, CancellationToken cancellationToken)
{
    private readonly ChainGap? _gap = GapTable.ReadIfSound(file);

    /// <summary>Adds what it finds.</summary>
    /// <param name="snapshot">Height of the newest snapshot; execution goes on behind it.</param>
    public void Run(Height snapshot)
    {
        var head = BlockTable.HeadHeight(file);

        // The snapshot's own block too: its successor must follow it, and names its state.
        var from = snapshot > Height.Genesis && snapshot <= head ? snapshot : Height.Genesis.Next;
        DecidedBlock? previous = null;
        for (var height = from; height <= head; height = height.Next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            previous = CheckBlock(height, previous);
        }

        StoreScanner.Guard(damages, () => ChainFrontier.Read(file, BlockTable.ReadHead(file)));
        PoolScan.RunPending(file, damages, cancellationToken);
    }

    private DecidedBlock? CheckBlock(Height height, DecidedBlock? previous)
    {
        DecidedBlock? block = null;
        StoreScanner.Guard(damages, () => block = BlockTable.Read(file, height) ?? throw BlockTable.Damaged(file, "block", height, "missing"));
        if (block is null)
        {
            return null;
        }

        if (previous is not null && (block.Block.Header.Previous != previous.Hash || block.FirstIndex != previous.Block.Header.TreeSize))
        {
            damages.Add(BlockTable.Damaged(file, "block", height, "does not follow the block before it").Damage);
        }

        if (_gap is not { } gap || !gap.Contains(height))
        {
            BlockScan.CheckEntries(file, damages, block);
            CheckPathsTo(block);
        }

        return block;
    }

    // Execution finds bodies by their leaf: a sound row that the index does not lead to is as good as lost.
    private void CheckPathsTo(DecidedBlock block)
    {
        foreach (var leaf in block.Block.Leaves)
        {
            if (BodyTable.FindByLeaf(file, leaf) is null)
            {
                damages.Add(new Damage(file.Name, "page", null, $"entry {leaf}", "the index does not lead to it"));
            }
        }
    }
}
