using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>Exported states at block heights, so that a start need not execute the whole chain again. Always rebuildable from the chain.</summary>
public interface ISnapshotStore
{
    /// <summary>The newest snapshot at or below a height; null if none. The caller checks it against the state root of the next header.</summary>
    Task<(Height Height, ReadOnlyMemory<byte> State)?> ReadLatestAsync(Height atMost, CancellationToken cancellationToken);

    /// <summary>Stores a snapshot and deletes all but the newest two.</summary>
    Task SaveAsync(Height height, ReadOnlyMemory<byte> state, CancellationToken cancellationToken);
}
