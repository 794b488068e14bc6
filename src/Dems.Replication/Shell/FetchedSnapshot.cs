using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Shell;

/// <summary>A state from peers that gives the root in a certified header.</summary>
/// <param name="Offer">Where it belongs.</param>
/// <param name="State">The exported state.</param>
/// <param name="Bodies">The entries of the block after it, in order; their signatures hold.</param>
public sealed record FetchedSnapshot(SnapshotOffer Offer, ReadOnlyMemory<byte> State, IReadOnlyList<PooledEntry> Bodies);
