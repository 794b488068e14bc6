namespace Dems.Replication.Ports;

/// <summary>What must be durable before a consensus message leaves this validator. There is one row per chain and member; only <c>init</c> creates it.</summary>
/// <param name="Version">Counts the writes; a write names the version it replaces.</param>
/// <param name="Epoch">Counts the activations that took the row over; a write with an older epoch is refused.</param>
/// <param name="Position">The highest position signed.</param>
/// <param name="State">Canonical CBOR of lock, valid value, own messages of the current height and the highest positions seen of the peers; opaque to the store.</param>
public sealed record SafetyRow(long Version, long Epoch, SafetyPosition Position, ReadOnlyMemory<byte> State);
