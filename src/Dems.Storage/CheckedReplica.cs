using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage;

/// <summary>A store that was checked while it was opened.</summary>
/// <param name="Database">The open store.</param>
/// <param name="Found">Every damaged place that was met, for the log and for people.</param>
/// <param name="Rebuilt">What was saved, if the file had to be replaced.</param>
/// <param name="ToRepair">Blocks to fetch from peers, to verify and to hand to <see cref="IChainStore.RepairAsync"/>, ascending; nothing is served from them until then.</param>
/// <param name="IsWhole">Whether all of it was checked; otherwise the tail only, and <see cref="ReplicaDatabase.CheckAsync"/> is due.</param>
public sealed record CheckedReplica(
    ReplicaDatabase Database, IReadOnlyList<Damage> Found, RebuildReport? Rebuilt, IReadOnlyList<Height> ToRepair, bool IsWhole);
