using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage;

/// <summary>What a check of an open store found, and what is left to do.</summary>
/// <param name="Found">Every damaged place, for the log and for people.</param>
/// <param name="Rebuilt">What was saved, if the file was replaced.</param>
/// <param name="ToRepair">Blocks to fetch from peers, to verify and to hand to <see cref="IChainStore.RepairAsync"/>, ascending.</param>
/// <param name="NeedsRebuild">Whether the file's structure is damaged: stop whoever works with it, then <see cref="ReplicaDatabase.ReplaceFileAsync"/>.</param>
/// <param name="NeedsRestart">Whether unordered entries or the safety row were put right, so that what a replica remembers of them is out of date.</param>
public sealed record StoreFindings(
    IReadOnlyList<Damage> Found, RebuildReport? Rebuilt, IReadOnlyList<Height> ToRepair, bool NeedsRebuild, bool NeedsRestart);
