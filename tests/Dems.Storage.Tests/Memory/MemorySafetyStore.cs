using Dems.Replication.Ports;

namespace Dems.Storage.Tests.Memory;

/// <summary>The safety row and its mark as two fields.</summary>
internal sealed class MemorySafetyStore(MemoryDisk disk) : ISafetyStore
{
    public Task CreateAsync(CancellationToken cancellationToken) => RecreateAsync(new SafetyRow(0, 0, default, default), cancellationToken);

    public Task<SafetyRow?> TakeOverAsync(CancellationToken cancellationToken) =>
        disk.WriteAsync(() => disk.Safety = disk.Safety is { } row ? row with { Epoch = row.Epoch + 1 } : null);

    public Task<bool> WriteAsync(SafetyRow row, long expectedVersion, CancellationToken cancellationToken) => disk.WriteAsync(() =>
    {
        if (row.Version != expectedVersion + 1)
        {
            throw new ArgumentException("wrong version");
        }

        var holds = disk.Safety is { } current && current.Version == expectedVersion && current.Epoch == row.Epoch;
        return holds && Set(row);
    });

    public Task RecreateAsync(SafetyRow row, CancellationToken cancellationToken) =>
        disk.WriteAsync(() => disk.Safety is null ? Set(row) : throw new InvalidOperationException("there is a row"));

    public ValueTask<SafetyPosition?> ReadHighWaterAsync(CancellationToken cancellationToken) => ValueTask.FromResult(disk.Read(() => disk.HighWater));

    private bool Set(SafetyRow row)
    {
        disk.Safety = row;
        disk.HighWater = disk.HighWater is { } mark && mark.CompareTo(row.Position) > 0 ? mark : row.Position;
        return true;
    }
}
