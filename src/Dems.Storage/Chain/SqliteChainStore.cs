using Dems.Core;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Mempool;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Chain;

/// <summary>The chain in the replica's file.</summary>
internal sealed class SqliteChainStore(ReadPool reads, GroupWriter writer, StoreScanner scanner) : IChainStore
{
    // Order rows, tiles and block of an entry; its body is already stored.
    private const long BytesPerEntry = 128;

    /// <inheritdoc/>
    public ITileSource Tiles { get; } = new PooledTiles(reads);

    /// <inheritdoc/>
    public ValueTask<MerkleFrontier> ReadFrontierAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        reads.Read(file => ChainFrontier.Read(file, BlockTable.ReadHead(file))));

    /// <inheritdoc/>
    public ValueTask<DecidedBlock?> ReadHeadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(reads.Read(BlockTable.ReadHead));

    /// <inheritdoc/>
    public ValueTask<DecidedBlock?> ReadBlockAsync(Height height, CancellationToken cancellationToken) => ValueTask.FromResult(
        reads.Read(file => BlockTable.Read(file, height) ?? (height > Height.Genesis && height <= BlockTable.HeadHeight(file)
            ? throw Missing(file, height)
            : null)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(long firstIndex, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredEntry>>(reads.Read(file => EntryTable.ReadRange(file, firstIndex, count)));

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> FindByContentAsync(ContentId content, CancellationToken cancellationToken) => ValueTask.FromResult(reads.Read(
        file => BodyTable.FindByContent(file, content)
            .Select(body => EntryTable.FindByBody(file, body))
            .OfType<StoredEntry>()
            .MinBy(entry => entry.Index)));

    /// <inheritdoc/>
    public ValueTask<StoredEntry?> FindByLeafAsync(LeafHash leaf, CancellationToken cancellationToken) => ValueTask.FromResult(reads.Read(
        file => BodyTable.FindByLeaf(file, leaf) is { } body ? EntryTable.FindByBody(file, body) : null));

    /// <inheritdoc/>
    public Task AppendAsync(DecidedBlock block, CancellationToken cancellationToken) => writer.RunAsync(
        file =>
        {
            Append(file, block);
            return true;
        },
        block.Block.Leaves.Count * BytesPerEntry, urgent: true, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Damage>> ScanAsync(CancellationToken cancellationToken) =>
        Task.Run(() => scanner.Scan(inBackground: false, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task RepairAsync(DecidedBlock block, IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken) => writer.RunAsync(
        file =>
        {
            BlockRepair.Repair(file, block, bodies);
            GapTable.Fill(file, block.Height);
            return true;
        },
        bodies.Sum(body => (long)body.Bytes.Length), urgent: false, cancellationToken);

    /// <summary>
    /// Goes on from a block whose state came from peers: takes its header and the right edge of its tree as they are, appends the block after it, whose bodies are stored, and
    /// notes which blocks are missing below.
    /// </summary>
    public Task AdoptAsync(DecidedBlock block, IReadOnlyList<Tile> edge, DecidedBlock next, CancellationToken cancellationToken) => writer.RunAsync(
        file =>
        {
            var head = BlockTable.HeadHeight(file);
            if (block.Height <= head)
            {
                throw new InvalidOperationException($"The state of block {block.Height} is not above the stored head {head}.");
            }

            GapTable.Open(file, head.Next, block.Height);
            BlockTable.Insert(file, block);
            foreach (var tile in edge)
            {
                TileTable.Insert(file, tile);
            }

            Append(file, next);
            return true;
        },
        next.Block.Leaves.Count * BytesPerEntry, urgent: true, cancellationToken);

    /// <summary>The blocks that are still missing below the head; null if there are none.</summary>
    public ChainGap? ReadGap() => reads.Read(GapTable.Read);

    private static StorageException Missing(SqliteFile file, Height height) => GapTable.ReadIfSound(file) is { } gap && gap.Contains(height)
        ? new StorageException($"Block {height} is not here yet: it is being fetched from peers.")
        : BlockTable.Damaged(file, "block", height, "missing");

    private static void Append(SqliteFile file, DecidedBlock block)
    {
        var head = BlockTable.ReadHead(file);
        var expected = (head?.Height ?? Height.Genesis).Next;
        if (block.Height != expected)
        {
            throw new InvalidOperationException($"Block {block.Height} cannot be appended: the next height is {expected}.");
        }

        var leaves = new Hash32[block.Block.Leaves.Count];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = block.Block.Leaves[i].Value;
        }

        var frontier = ChainFrontier.Read(file, head);
        var grown = frontier.AppendAll(leaves);
        if (grown.Size != block.Block.Header.TreeSize || grown.Root != block.Block.Header.TreeRoot)
        {
            throw new InvalidOperationException($"Block {block.Height} does not extend the stored tree of {frontier.Size} entries to the root in its header.");
        }

        foreach (var tile in TileBuilder.Append(frontier.Size, new ConnectionTiles(file), leaves))
        {
            TileTable.Insert(file, tile);
        }

        for (var i = 0; i < leaves.Length; i++)
        {
            var leaf = block.Block.Leaves[i];
            var body = BodyTable.FindByLeaf(file, leaf)
                ?? throw new InvalidOperationException($"Block {block.Height} cannot be appended: the body of entry {leaf} is not stored.");
            EntryTable.Insert(file, frontier.Size + i, body, block.Height, leaf);
            PendingTable.Delete(file, body);
        }

        BlockTable.Insert(file, block);
    }
}
