using Dems.Replication.Ports;

namespace Dems.Replication.Shell;

/// <summary>The outside of a replica.</summary>
/// <param name="Chain">Decided blocks.</param>
/// <param name="Mempool">Durable entries not yet ordered.</param>
/// <param name="Safety">The safety row.</param>
/// <param name="Executor">Executes blocks (the Pool grain).</param>
/// <param name="Peers">The other members.</param>
/// <param name="Opener">Opens and verifies entries.</param>
/// <param name="Cache">Opened entries.</param>
/// <param name="Time">Clock and timers.</param>
public sealed record ReplicaPorts(
    IChainStore Chain,
    IMempoolStore Mempool,
    ISafetyStore Safety,
    IExecutor Executor,
    IPeerTransport Peers,
    IEntryOpener Opener,
    IEntryCache Cache,
    TimeProvider Time)
{
    /// <summary>Stored states, for peers that are far behind; null to offer none.</summary>
    public ISnapshotStore? Snapshots { get; init; }
}
