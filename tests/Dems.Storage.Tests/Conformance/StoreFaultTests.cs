using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Conformance;

/// <summary>How every store behaves when the disk does not.</summary>
public abstract class StoreFaultTests : IAsyncLifetime
{
    private const int BigBody = 40_000;

    private readonly TestChain _chain = new();

    protected StoreHarness Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await CreateAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Store.DisposeAsync();
    }

    [Fact]
    public async Task Admit_DiskFull_FailsWithoutTraceAndWorksOnceThereIsRoom()
    {
        var before = _chain.NewEntry(BigBody);
        await Store.Mempool.AdmitAsync([before], default);
        await Store.FillDiskAsync();
        var refused = _chain.NewEntries(4, BigBody);

        await Assert.ThrowsAnyAsync<StorageException>(() => Store.Mempool.AdmitAsync(refused, default));
        Assert.Equal(PendingEntry.Of(before), Assert.Single(await Store.Mempool.LoadPendingAsync(default)));

        await Store.FreeDiskAsync();
        Assert.All(await Store.Mempool.AdmitAsync(refused, default), answer => Assert.Equal(AdmissionOutcome.Stored, answer.Outcome));
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Append_DiskFull_LeavesTheOldHead()
    {
        var entries = _chain.NewEntries(400, 32);
        await Store.Mempool.StoreBodiesAsync(entries, default);
        await Store.Chain.AppendAsync(_chain.Decide(entries[..10]), default);
        var head = await Store.Chain.ReadHeadAsync(default);
        var next = _chain.Propose(entries[10..]);
        await Store.FillDiskAsync();

        await Assert.ThrowsAnyAsync<StorageException>(() => Store.Chain.AppendAsync(next, default));

        Assert.Equal(head!.Hash, (await Store.Chain.ReadHeadAsync(default))!.Hash);
        Assert.Equal(10, (await Store.Chain.ReadEntriesAsync(0, 1_000, default)).Count);
        Assert.Equal(390, (await Store.Mempool.LoadPendingAsync(default)).Count);

        await Store.FreeDiskAsync();
        await Store.Chain.AppendAsync(next, default);
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task Commit_IoError_FailsAndEveryFurtherWriteIsRefusedUntilReopened()
    {
        var safe = _chain.NewEntry();
        await Store.Mempool.AdmitAsync([safe], default);
        Store.BreakDisk();

        await Assert.ThrowsAnyAsync<StorageException>(() => Store.Mempool.AdmitAsync([_chain.NewEntry()], default));
        await Assert.ThrowsAnyAsync<StorageException>(() => Store.Mempool.AdmitAsync([_chain.NewEntry()], default));

        await Store.KillAsync();
        Assert.Equal(PendingEntry.Of(safe), Assert.Single(await Store.Mempool.LoadPendingAsync(default)));
        Assert.Equal(AdmissionOutcome.Stored, Assert.Single(await Store.Mempool.AdmitAsync([_chain.NewEntry()], default)).Outcome);
        Assert.Empty(await Store.Chain.ScanAsync(default));
    }

    [Fact]
    public async Task WriteSafety_IoError_RaisesNeitherRowNorMark()
    {
        await Store.Safety.CreateAsync(default);
        var taken = (await Store.Safety.TakeOverAsync(default))!;
        Store.BreakDisk();
        var row = taken with { Version = taken.Version + 1, Position = new SafetyPosition(new Height(5), 0, 2) };

        await Assert.ThrowsAnyAsync<StorageException>(() => Store.Safety.WriteAsync(row, taken.Version, default));

        await Store.KillAsync();
        Assert.Equal(default(SafetyPosition), await Store.Safety.ReadHighWaterAsync(default));
        Assert.Equal(default, (await Store.Safety.TakeOverAsync(default))!.Position);
    }

    [Fact]
    public async Task Commit_OneRefusedAmongMany_LeavesTheOthersAlone()
    {
        var entries = _chain.NewEntries(40);
        var missing = _chain.Propose(_chain.NewEntries(1));

        var stores = entries.Select(entry => Store.Mempool.StoreBodiesAsync([entry], default)).ToList();
        var refused = Store.Chain.AppendAsync(missing, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => refused);
        await Task.WhenAll(stores);
        Assert.Equal(entries.Length, (await Store.Mempool.LoadPendingAsync(default)).Count);
    }

    protected abstract Task<StoreHarness> CreateAsync();
}
