using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Memory;

/// <summary>Snapshots in a dictionary.</summary>
internal sealed class MemorySnapshotStore(MemoryDisk disk) : ISnapshotStore
{
    public Task<(Height Height, ReadOnlyMemory<byte> State)?> ReadLatestAsync(Height atMost, CancellationToken cancellationToken) =>
        Task.FromResult(disk.Read<(Height, ReadOnlyMemory<byte>)?>(() =>
            disk.Snapshots.Keys.Where(height => height <= atMost).Order().ToList() is [.., var newest] ? (newest, disk.Snapshots[newest]) : null));

    public Task SaveAsync(Height height, ReadOnlyMemory<byte> state, CancellationToken cancellationToken) => disk.WriteAsync(() =>
    {
        disk.Snapshots[height] = state.ToArray();
        foreach (var old in disk.Snapshots.Keys.OrderDescending().Skip(2).ToList())
        {
            disk.Snapshots.Remove(old);
        }

        return true;
    });
}
