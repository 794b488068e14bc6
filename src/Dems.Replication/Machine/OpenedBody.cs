using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Replication.Machine;

/// <summary>What opening and storing one body from a peer gave.</summary>
/// <param name="Leaf">Hash of the bytes.</param>
/// <param name="Entry">The index part if the entry is sound and durable; null if it does not open (then no block holding it is valid).</param>
/// <param name="Ordered">Whether the chain has ordered it already.</param>
public readonly record struct OpenedBody(LeafHash Leaf, PendingEntry? Entry, bool Ordered);
