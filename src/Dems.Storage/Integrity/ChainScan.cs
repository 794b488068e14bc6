using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Walks the chain from genesis: each block against its hash and its predecessor, each entry against its block's leaf list, the tree against the root in each
/// header and against the stored tiles. After a damaged block the links and the tree cannot be followed; everything is still checked against its own digest.
/// </summary>
internal sealed class ChainScan(SqliteFile file, List<Damage> damages, CancellationToken cancellationToken)
{
    private readonly ExpectedTiles _expected = new();
    private readonly ChainGap? _gap = GapTable.ReadIfSound(file);
    private MerkleFrontier _frontier = MerkleFrontier.Empty;
    private DecidedBlock? _previous;
    private long _entries;
    private bool _broken;

    public void Run()
    {
        var head = BlockTable.HeadHeight(file);
        for (var height = Height.Genesis.Next; height <= head; height = height.Next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckBlock(height);
        }

        CheckSurplus(head);
        new TileScan(file, damages).Run(_broken ? null : _expected, _broken ? null : _entries);
    }

    private void CheckBlock(Height height)
    {
        if (_gap is { } gap && gap.Contains(height))
        {
            // Not here yet, which is no damage; the tree cannot be followed across it.
            (_broken, _previous) = (true, null);
            return;
        }

        DecidedBlock? block = null;
        StoreScanner.Guard(damages, () => block = BlockTable.Read(file, height) ?? throw BlockTable.Damaged(file, "block", height, "missing"));
        if (block is null)
        {
            (_broken, _previous) = (true, null);
            return;
        }

        CheckLinks(block);
        BlockScan.CheckEntries(file, damages, block);
        (_previous, _entries) = (block, block.Block.Header.TreeSize);
    }

    private void CheckLinks(DecidedBlock block)
    {
        var header = block.Block.Header;
        if (_previous is { } previous && (header.Previous != previous.Hash || block.FirstIndex != previous.Block.Header.TreeSize))
        {
            damages.Add(BlockTable.Damaged(file, "block", block.Height, "does not follow the block before it").Damage);
            _broken = true;
        }

        if (_broken)
        {
            return;
        }

        var leaves = block.Block.Leaves.Select(leaf => leaf.Value).ToArray();
        _expected.Append(_frontier.Size, leaves, (tile, bytes) => TileScan.Compare(file, damages, tile, bytes, block.Height));
        _frontier = _frontier.AppendAll(leaves);
        if (_frontier.Size != header.TreeSize || _frontier.Root != header.TreeRoot)
        {
            damages.Add(BlockTable.Damaged(file, "block", block.Height, "its leaves do not give the tree root in its header").Damage);
            _broken = true;
        }
    }

    // Rows that no block accounts for: a row whose key was damaged turns up here.
    private void CheckSurplus(Height head)
    {
        using var blocks = file.Query("SELECT height FROM block WHERE height < 1 OR height > ?1");
        blocks.Bind(1, head.Value);
        while (blocks.Step())
        {
            damages.Add(new Damage(file.Name, "block", null, $"height {blocks.Integer(0)}", "not a height of this chain"));
        }

        if (_broken)
        {
            return;
        }

        using var entries = file.Query("SELECT position FROM entry WHERE position < 0 OR position >= ?1");
        entries.Bind(1, _entries);
        while (entries.Step())
        {
            damages.Add(new Damage(file.Name, "order", null, $"entry {entries.Integer(0)}", "no block orders it"));
        }
    }
}
