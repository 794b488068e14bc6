using Dems.Replication.Ports;

namespace Dems.Replication.Machine;

/// <summary>What a replica finds on its disk when it starts.</summary>
/// <param name="Tip">The newest block, executed.</param>
/// <param name="Pending">Unordered entries, oldest first.</param>
/// <param name="Safety">The safety row, taken over; null if it is missing.</param>
/// <param name="HighWater">The mark outside the database; null if it is missing or unreadable.</param>
/// <param name="Nonce">A number that no earlier start used (random).</param>
public sealed record ReplicaStart(ChainTip Tip, IReadOnlyList<PendingEntry> Pending, SafetyRow? Safety, SafetyPosition? HighWater, long Nonce)
{
    /// <summary>
    /// Whether blocks below the tip are still missing, because the state came from peers. Without them it is not known which entries were ordered, and so not which blocks are valid:
    /// such a validator signs nothing.
    /// </summary>
    public bool IsPartial { get; init; }
}
