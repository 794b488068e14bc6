using Dems.Replication.Ports;
using Dems.Storage.Tests.Fixtures;

namespace Dems.Storage.Tests.Memory;

/// <summary>A store in memory. What it completed is its disk, so that a restart and a kill leave the same.</summary>
internal sealed class MemoryHarness : StoreHarness
{
    private readonly MemoryDisk _disk = new();

    public MemoryHarness()
    {
        Chain = new MemoryChainStore(_disk);
        Mempool = new MemoryMempoolStore(_disk);
        Safety = new MemorySafetyStore(_disk);
        Snapshots = new MemorySnapshotStore(_disk);
    }

    public override IChainStore Chain { get; }

    public override IMempoolStore Mempool { get; }

    public override ISafetyStore Safety { get; }

    public override ISnapshotStore Snapshots { get; }

    public override Task RestartAsync() => Task.CompletedTask;

    public override Task KillAsync()
    {
        (_disk.IsFull, _disk.IsBroken) = (false, false);
        return Task.CompletedTask;
    }

    public override Task FillDiskAsync()
    {
        _disk.IsFull = true;
        return Task.CompletedTask;
    }

    public override Task FreeDiskAsync()
    {
        _disk.IsFull = false;
        return Task.CompletedTask;
    }

    public override void BreakDisk() => _disk.IsBroken = true;

    public override async Task KillBeforeHighWaterAsync(SafetyRow row, long expectedVersion)
    {
        var mark = _disk.HighWater;
        await Safety.WriteAsync(row, expectedVersion, default);
        _disk.HighWater = mark;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
