using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Fixtures;

/// <summary>A store under test and what can befall it. Each implementation of the ports has one.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    public abstract IChainStore Chain { get; }

    public abstract IMempoolStore Mempool { get; }

    public abstract ISafetyStore Safety { get; }

    public abstract ISnapshotStore Snapshots { get; }

    /// <summary>Closes and opens again.</summary>
    public abstract Task RestartAsync();

    /// <summary>The process dies without closing anything; opens again on what the disk then holds.</summary>
    public abstract Task KillAsync();

    /// <summary>From now on the disk takes no more bytes, until <see cref="FreeDiskAsync"/>.</summary>
    public abstract Task FillDiskAsync();

    /// <summary>There is room again.</summary>
    public abstract Task FreeDiskAsync();

    /// <summary>Every further write to the log fails with an I/O error, until the store is opened again.</summary>
    public abstract void BreakDisk();

    /// <summary>The process dies after the next commit of a safety row and before its high-water mark is written.</summary>
    public abstract Task KillBeforeHighWaterAsync(SafetyRow row, long expectedVersion);

    public abstract ValueTask DisposeAsync();
}
