using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

/// <summary>What every chain store does.</summary>
public abstract class ChainStoreTests : IAsyncLifetime
{
    private readonly TestChain _chain = new();

    protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    [Fact]
    public async Task ReadHead_AtGenesis_IsNull()
    {
        Assert.Null(await Store.Chain.ReadHeadAsync(default));
        Assert.Null(await Store.Chain.ReadBlockAsync(new Height(1), default));
        Assert.Empty(await Store.Chain.ReadEntriesAsync(0, 10, default));
        Assert.Equal(MerkleFrontier.Empty, await Store.Chain.ReadFrontierAsync(default));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Append_BlocksOfManySizes_ReadsBackWhatWasAppended()
    {
        foreach (var count in new[] { 1, 0, 255, 1, 300, 0, 7 })
        {
            await AppendAsync(count);
        }

        await AssertHoldsChainAsync();
        await Store.RestartAsync();
        await AssertHoldsChainAsync();
        await Store.KillAsync();
        await AssertHoldsChainAsync();
    }

    [Fact]
    public async Task Append_WrongHeight_ChangesNothing()
    {
        await AppendAsync(3);
        var block = _chain.Blocks[0];

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Chain.AppendAsync(block, default));

        await AssertHoldsChainAsync();
    }

    [Fact]
    public async Task Append_BodyNotStored_ChangesNothingAndSucceedsOnceItIs()
    {
        await AppendAsync(3);
        var entries = _chain.NewEntries(5);
        await Store.Mempool.StoreBodiesAsync(entries[..4], default);
        var block = _chain.Propose(entries);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Chain.AppendAsync(block, default));
        Assert.Equal(new Height(1), (await Store.Chain.ReadHeadAsync(default))?.Height);
        Assert.Equal(4, (await Store.Mempool.LoadPendingAsync(default)).Count);

        await Store.Mempool.StoreBodiesAsync(entries[4..], default);
        await Store.Chain.AppendAsync(_chain.Decide(entries), default);
        await AssertHoldsChainAsync();
    }

    [Fact]
    public async Task Append_HeaderWithAnotherTreeRoot_IsRefused()
    {
        var entries = _chain.NewEntries(2);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        var block = _chain.Propose(entries);
        var reordered = block with { Block = block.Block with { Leaves = [.. block.Block.Leaves.Reverse()] } };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Chain.AppendAsync(reordered, default));

        Assert.Null(await Store.Chain.ReadHeadAsync(default));
    }

    [Fact]
    public async Task Append_LeafOrderedBefore_StaysFoundAtItsFirstPlace()
    {
        var entries = _chain.NewEntries(2);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        await Store.Chain.AppendAsync(_chain.Decide(entries), default);
        await Store.Chain.AppendAsync(_chain.Decide(entries[1]), default);

        Assert.Equal(1, (await Store.Chain.FindByLeafAsync(entries[1].Leaf, default))?.Index);
        Assert.Equal(2, (await Store.Chain.ReadEntriesAsync(2, 1, default)).Single().Index);
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task FindByContent_TwoBodiesOfOneContent_GivesTheFirstOrdered()
    {
        var first = TestChain.Entry([1, 1], "device", 1, content: "same");
        var second = TestChain.Entry([2, 2], "device", 1, content: "same");
        await Store.Mempool.StoreBodiesAsync([first, second], default);
        Assert.Null(await Store.Chain.FindByContentAsync(first.Content, default));

        await Store.Chain.AppendAsync(_chain.Decide(second), default);
        await Store.Chain.AppendAsync(_chain.Decide(first), default);

        var found = await Store.Chain.FindByContentAsync(first.Content, default);
        Assert.Equal((0L, second.Leaf, new Height(1)), (found!.Index, found.Leaf, found.Height));
    }

    [Fact]
    public async Task Tiles_AfterAppends_ProveEveryEntry()
    {
        await AppendAsync(200);
        await AppendAsync(100);
        var tree = new TileReader(Store.Chain.Tiles);
        var frontier = await Store.Chain.ReadFrontierAsync(default);

        Assert.Equal(_chain.Blocks[^1].Block.Header.TreeRoot, frontier.Root);
        for (var i = 0; i < _chain.Entries.Count; i++)
        {
            Assert.Equal(_chain.Entries[i].Leaf.Value, tree.GetSubtreeRoot(0, i));
        }
    }

    [Fact]
    public async Task Repair_BlockAboveHead_IsRefused()
    {
        await AppendAsync(1);
        var entry = _chain.NewEntry();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.Chain.RepairAsync(_chain.Propose(entry), [entry], default));
    }

    protected abstract Task<StoreHarness> CreateAsync();

    private async Task AppendAsync(int count)
    {
        var entries = _chain.NewEntries(count);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        await Store.Chain.AppendAsync(_chain.Decide(entries), default);
    }

    private async Task AssertHoldsChainAsync()
    {
        Assert.Equal(_chain.Blocks[^1].Hash, (await Store.Chain.ReadHeadAsync(default))?.Hash);
        foreach (var expected in _chain.Blocks)
        {
            var block = await Store.Chain.ReadBlockAsync(expected.Height, default);
            Assert.Equal(expected.Hash, block?.Hash);
            Assert.Equal(expected.Block.Leaves, block!.Block.Leaves);
            Assert.Equal(
                expected.Certificate.Signatures.Select(one => (one.Validator, Convert.ToHexString(one.Signature.Span))),
                block.Certificate.Signatures.Select(one => (one.Validator, Convert.ToHexString(one.Signature.Span))));
        }

        var entries = await Store.Chain.ReadEntriesAsync(0, _chain.Entries.Count + 10, default);
        Assert.Equal(_chain.Entries.Count, entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            Assert.Equal((i, _chain.Entries[i].Leaf, _chain.Entries[i].Content), (entries[i].Index, entries[i].Leaf, entries[i].Content));
            Assert.True(entries[i].Bytes.Span.SequenceEqual(_chain.Entries[i].Bytes.Span));
        }

        Assert.Equal(_chain.Blocks[^1].Block.Header.TreeRoot, (await Store.Chain.ReadFrontierAsync(default)).Root);
        Assert.Empty(await Store.Mempool.LoadPendingAsync(default));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }
}
