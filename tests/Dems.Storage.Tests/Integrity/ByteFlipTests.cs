using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Integrity;

/// <summary>
/// One byte of one file of a real store is changed at a random place: either the check at the next start or the one behind it reports it, or it lay in unused space and everything
/// reads as before. What was reported is then repaired with the blocks of a peer, after which the chain is whole again.
/// </summary>
public sealed class ByteFlipTests : IAsyncLifetime
{
    // A file of two slots is unused space but for these.
    private const int SlotBytes = 48;
    private const int SlotFileBytes = 4096 + SlotBytes;

    private readonly TestChain _peer = new(seed: 7);
    private readonly TemporaryFolder _copies = new();
    private SqliteHarness _store = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync();
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _copies.Dispose();
    }

    [Theory]
    [InlineData("pool.db", 30)]
    [InlineData("pool.db-wal", 20)]
    [InlineData("pool.high-water", 2)]
    [InlineData("pool.commits", 2)]
    [InlineData("pool.snapshots/00000000000000000006.snapshot", 2)]
    public async Task Flip_AtRandomPlace_IsFoundAndRepairedOrChangesNothing(string file, int times)
    {
        var original = _store.CopyAsKilled();
        var expected = await ReadOriginalAsync(original);
        var random = new Random(file.Length);
        var found = 0;
        for (var i = 0; i < TestScale.Times(times); i++)
        {
            var copy = new ReplicaFiles(_copies.File($"copy-{i}"), original.Name);
            SqliteHarness.CopyFolder(original.Folder, copy.Folder);
            var flip = Flip(Path.Combine(copy.Folder, file), random);

            await using (var replica = (await WholeStore.OpenAsync(copy)) is var opened ? opened.Database : null!)
            {
                if (opened.Found.Count == 0)
                {
                    Assert.True(expected.SequenceEqual(await StoreContent.ReadAsync(replica), StringComparer.Ordinal), $"{flip} changed what is read and was not found");
                }
                else
                {
                    found++;
                    await RepairAsync(opened);
                    await AssertChainIsWholeAsync(replica, flip, opened);
                }
            }

            Directory.Delete(copy.Folder, recursive: true);
        }

        Assert.True(found > 0, "no flip hit anything: the test proves nothing");
    }

    // Part of the store is in the database file, part only in its log.
    private async Task FillAsync()
    {
        await _store.Safety.CreateAsync(default);
        var row = (await _store.Safety.TakeOverAsync(default))!;
        foreach (var count in new[] { 120, 0, 200, 3, 150, 60, 1 })
        {
            var entries = _peer.NewEntries(count, 250).Concat(_peer.NewEntries(count / 20, 5_000)).ToArray();
            await _store.Mempool.StoreBodiesAsync(entries, default);
            await _store.Chain.AppendAsync(_peer.Decide(entries), default);
            var next = row with { Version = row.Version + 1, Position = new SafetyPosition(new Height(_peer.Blocks.Count), 0, 3), State = new byte[600] };
            Assert.True(await _store.Safety.WriteAsync(next, row.Version, default));
            row = next;
            if (_peer.Blocks.Count == 5)
            {
                await _store.Database.CheckpointAsync();
            }
        }

        await _store.Mempool.AdmitAsync(_peer.NewEntries(10), default);
        await _store.Mempool.StoreBodiesAsync(_peer.NewEntries(10), default);
        await _store.Snapshots.SaveAsync(new Height(6), new byte[3_000], default);
    }

    private async Task<List<string>> ReadOriginalAsync(ReplicaFiles original)
    {
        var copy = new ReplicaFiles(_copies.File("unchanged"), original.Name);
        SqliteHarness.CopyFolder(original.Folder, copy.Folder);
        var opened = await WholeStore.OpenAsync(copy);
        await using var replica = opened.Database;
        Assert.Empty(opened.Found);
        return await StoreContent.ReadAsync(replica);
    }

    private static string Flip(string path, Random random)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var offset = stream.Length == SlotFileBytes
            ? (random.Next(2) * (SlotFileBytes - SlotBytes)) + random.Next(SlotBytes)
            : random.NextInt64(stream.Length);
        stream.Position = offset;
        var old = stream.ReadByte();
        var bits = random.Next(1, 256);
        stream.Position = offset;
        stream.WriteByte((byte)(old ^ bits));
        return $"{Path.GetFileName(path)}: byte {offset} of {stream.Length}, {old:x2} to {old ^ bits:x2},";
    }

    // As a replica does with its peers: first what is damaged, then what is missing at the end.
    private async Task RepairAsync(CheckedReplica opened)
    {
        var store = opened.Database;
        foreach (var height in opened.ToRepair)
        {
            await store.Chain.RepairAsync(_peer.Blocks[(int)height.Value - 1], BodiesOf(height), default);
        }

        var head = await store.Chain.ReadHeadAsync(default);
        foreach (var block in _peer.Blocks.Skip((int)(head?.Height.Value ?? 0)))
        {
            await store.Mempool.StoreBodiesAsync(BodiesOf(block.Height), default);
            await store.Chain.AppendAsync(block, default);
        }
    }

    private PooledEntry[] BodiesOf(Height height)
    {
        var block = _peer.Blocks[(int)height.Value - 1];
        return [.. _peer.Entries.Skip((int)block.FirstIndex).Take(block.Block.Leaves.Count)];
    }

    private async Task AssertChainIsWholeAsync(ReplicaDatabase store, string flip, CheckedReplica opened)
    {
        var damages = await store.Chain.ScanAsync(default);

        // What the log lost stays reported for the life of the process.
        Assert.True(damages.All(damage => damage.What == "wal"), $"{flip} is not repaired: {string.Join("; ", damages)} after {string.Join("; ", opened.Found)}");
        var entries = await store.Chain.ReadEntriesAsync(0, int.MaxValue, default);
        Assert.Equal(_peer.Entries.Select(entry => entry.Leaf), entries.Select(entry => entry.Leaf));
        Assert.Equal(_peer.Blocks[^1].Hash, (await store.Chain.ReadHeadAsync(default))!.Hash);
        Assert.Equal(_peer.Blocks[^1].Block.Header.TreeRoot, (await store.Chain.ReadFrontierAsync(default)).Root);

        // A row may be lost, never wrong: an older one lies below the mark and makes the validator abstain.
        var (row, mark) = (await store.Safety.TakeOverAsync(default), await store.Safety.ReadHighWaterAsync(default));
        Assert.True(row is null || row.Position.Height.Value == _peer.Blocks.Count || mark is null || row.Position.CompareTo(mark.Value) < 0, $"{flip} brought back an old safety row");
    }
}
