using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Memory;

/// <summary>The chain as plain lists; tiles and right edge are computed from the leaves whenever they are asked for.</summary>
internal sealed class MemoryChainStore(MemoryDisk disk) : IChainStore, ITileSource
{
    public ITileSource Tiles => this;

    public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => disk.Read(() =>
    {
        var tiles = TileBuilder.Append(0, this, [.. disk.Order.Select(leaf => leaf.Value)]);
        return tiles.FirstOrDefault(one => one.Coordinate == tile)?.Bytes;
    });

    public ValueTask<MerkleFrontier> ReadFrontierAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(disk.Read(() => MerkleFrontier.Empty.AppendAll(disk.Order.Select(leaf => leaf.Value))));

    public ValueTask<DecidedBlock?> ReadHeadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(disk.Read(() => disk.Blocks.LastOrDefault()));

    public ValueTask<DecidedBlock?> ReadBlockAsync(Height height, CancellationToken cancellationToken) =>
        ValueTask.FromResult(disk.Read(() => disk.Blocks.ElementAtOrDefault((int)height.Value - 1)));

    public ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(long firstIndex, int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<StoredEntry>>(disk.Read(() =>
            Enumerable.Range((int)firstIndex, Math.Max(0, Math.Min(count, disk.Order.Count - (int)firstIndex))).Select(EntryAt).ToArray()));

    public ValueTask<StoredEntry?> FindByContentAsync(ContentId content, CancellationToken cancellationToken) => ValueTask.FromResult(disk.Read(() =>
        disk.Order.FindIndex(leaf => disk.Bodies[leaf].Entry.Content == content) is >= 0 and var index ? EntryAt(index) : null));

    public ValueTask<StoredEntry?> FindByLeafAsync(LeafHash leaf, CancellationToken cancellationToken) =>
        ValueTask.FromResult(disk.Read(() => disk.PlaceOf(leaf) is { } index ? EntryAt((int)index) : null));

    public Task AppendAsync(DecidedBlock block, CancellationToken cancellationToken) => disk.WriteAsync(() =>
    {
        if (block.Height.Value != disk.Blocks.Count + 1 || block.Block.Leaves.Any(leaf => !disk.Bodies.ContainsKey(leaf)))
        {
            throw new InvalidOperationException("wrong height or missing body");
        }

        var leaves = disk.Order.Concat(block.Block.Leaves).ToList();
        if (MerkleFrontier.Empty.AppendAll(leaves.Select(leaf => leaf.Value)).Root != block.Block.Header.TreeRoot)
        {
            throw new InvalidOperationException("wrong tree root");
        }

        disk.Order.AddRange(block.Block.Leaves);
        disk.Blocks.Add(block);
        return true;
    });

    public Task<IReadOnlyList<Damage>> ScanAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Damage>>([]);

    public Task RepairAsync(DecidedBlock block, IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken) => disk.WriteAsync(() =>
        block.Height.Value <= disk.Blocks.Count ? true : throw new InvalidOperationException("above the head"));

    private StoredEntry EntryAt(int index)
    {
        var entry = disk.Bodies[disk.Order[index]].Entry;
        var height = disk.Blocks.First(block => block.Block.Header.TreeSize > index).Height;
        return new StoredEntry(index, height, entry.Leaf, entry.Content, entry.Bytes);
    }
}
