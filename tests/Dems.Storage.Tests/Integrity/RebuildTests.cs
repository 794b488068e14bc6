using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Safety;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Integrity;

public sealed class RebuildTests : IAsyncLifetime
{
    private const int PageBytes = 8192;

    private readonly TestChain _peer = new(seed: 3);
    private SqliteHarness _store = null!;
    private ReplicaFiles _files = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteHarness.CreateAsync();
        await _store.Safety.CreateAsync(default);
        for (var i = 0; i < 5; i++)
        {
            var entries = _peer.NewEntries(100);
            await _store.Mempool.StoreBodiesAsync(entries, default);
            await _store.Chain.AppendAsync(_peer.Decide(entries), default);
        }

        var row = (await _store.Safety.TakeOverAsync(default))!;
        await _store.Safety.WriteAsync(row with { Version = row.Version + 1, Position = At(5) }, row.Version, default);
        await _store.Mempool.AdmitAsync(_peer.NewEntries(20), default);
        _files = _store.CopyAsKilled();

        // The log is moved into the database and goes away.
        await (await ReplicaDatabase.OpenAsync(_files, TestChain.Id, default)).DisposeAsync();
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task OpenChecked_AnyPageZeroed_SavesTheRestAndNamesTheBlocksToFetch()
    {
        var pristine = await File.ReadAllBytesAsync(_files.Database);
        var rebuilt = 0;
        for (var page = 0; page < pristine.Length / PageBytes; page += 5)
        {
            var copy = new ReplicaFiles(Path.Combine(_files.Folder, $"page-{page}"), "pool");
            SqliteHarness.CopyFolder(_files.Folder, copy.Folder, recursive: false);
            var bytes = pristine.ToArray();
            bytes.AsSpan(page * PageBytes, PageBytes).Clear();
            await File.WriteAllBytesAsync(copy.Database, bytes);

            var opened = await WholeStore.OpenAsync(copy);
            await using var store = opened.Database;

            Assert.NotEmpty(opened.Found);
            if (opened.Rebuilt is { } report)
            {
                rebuilt++;
                Assert.True(report.Bodies >= 400, $"page {page}: {report}");
            }
            else
            {
                // The page held the rest of a long value: a row is damaged, not the structure, and its block repairs it.
                Assert.True(opened.ToRepair.Count > 0, $"page {page}: {string.Join("; ", opened.Found)}");
            }

            await FetchAsync(opened);
            Assert.Empty(await store.Chain.ScanAsync(default));
            Assert.Equal(500, (await store.Chain.ReadEntriesAsync(0, 1_000, default)).Count);
        }

        Assert.InRange(rebuilt, 3, int.MaxValue);
    }

    [Fact]
    public async Task Rebuild_SoundFile_KeepsEverything()
    {
        var report = await ReplicaDatabase.RebuildAsync(_files, TestChain.Id, default);

        Assert.Equal((5, 500L, 520, true), (report.Blocks, report.Entries, report.Bodies, report.SafetyRow));
        await using var store = await ReplicaDatabase.OpenAsync(_files, TestChain.Id, default);
        Assert.Empty(await store.Chain.ScanAsync(default));
        Assert.Equal(20, (await store.Mempool.LoadPendingAsync(default)).Count);
        Assert.Equal(0, await store.Mempool.ExpireAsync(new BlockTime(long.MaxValue), default));
        Assert.Equal(At(5), (await store.Safety.TakeOverAsync(default))!.Position);
    }

    [Fact]
    public async Task Rebuild_SafetyRowBelowTheMark_IsNotTakenOver()
    {
        new HighWaterFile(_files.HighWater).Raise(At(6));

        var report = await ReplicaDatabase.RebuildAsync(_files, TestChain.Id, default);

        Assert.False(report.SafetyRow);
        await using var store = await ReplicaDatabase.OpenAsync(_files, TestChain.Id, default);
        Assert.Null(await store.Safety.TakeOverAsync(default));
    }

    [Fact]
    public async Task Rebuild_MarkMissing_TakesOverNoSafetyRow()
    {
        File.Delete(_files.HighWater);

        Assert.False((await ReplicaDatabase.RebuildAsync(_files, TestChain.Id, default)).SafetyRow);
    }

    [Fact]
    public async Task OpenChecked_RebuildInterruptedAfterMovingAside_TakesItUp()
    {
        File.Move(_files.Database, $"{_files.Database}.damaged-1");
        await File.WriteAllTextAsync($"{_files.Database}.rebuilding", "half written");

        await Assert.ThrowsAsync<StorageException>(() => ReplicaDatabase.CreateAsync(_files, TestChain.Id, default));
        var opened = await WholeStore.OpenAsync(_files);
        await using var store = opened.Database;

        Assert.Equal(5, opened.Rebuilt?.Blocks);
        Assert.Empty(opened.ToRepair);
        Assert.Equal(500, (await store.Chain.ReadEntriesAsync(0, 1_000, default)).Count);
    }

    [Fact]
    public async Task OpenChecked_FileTruncated_SavesWhatIsLeft()
    {
        await using (var stream = new FileStream(_files.Database, FileMode.Open))
        {
            stream.SetLength(stream.Length / PageBytes / 2 * PageBytes);
        }

        var opened = await WholeStore.OpenAsync(_files);
        await using var store = opened.Database;

        Assert.NotNull(opened.Rebuilt);
        await FetchAsync(opened);
        Assert.Empty(await store.Chain.ScanAsync(default));
        Assert.Equal(500, (await store.Chain.ReadEntriesAsync(0, 1_000, default)).Count);
    }

    private static SafetyPosition At(int height) => new(new Height(height), 0, 2);

    private async Task FetchAsync(CheckedReplica opened)
    {
        foreach (var height in opened.ToRepair)
        {
            await opened.Database.Chain.RepairAsync(_peer.Blocks[(int)height.Value - 1], BodiesOf(height), default);
        }

        var head = await opened.Database.Chain.ReadHeadAsync(default);
        foreach (var block in _peer.Blocks.Skip((int)(head?.Height.Value ?? 0)))
        {
            await opened.Database.Mempool.StoreBodiesAsync(BodiesOf(block.Height), default);
            await opened.Database.Chain.AppendAsync(block, default);
        }
    }

    private PooledEntry[] BodiesOf(Height height) => [.. _peer.Entries.Skip(100 * ((int)height.Value - 1)).Take(100)];
}
