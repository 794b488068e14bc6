using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Machine;

/// <summary>An immutable picture of a replica, for queries and health.</summary>
/// <param name="Tip">The newest block.</param>
/// <param name="Round">Round at the next height; −1 while idle.</param>
/// <param name="Step">Step of that round.</param>
/// <param name="PendingEntries">Durable entries not yet ordered.</param>
/// <param name="PendingBytes">Their bytes.</param>
/// <param name="Behind">Whether a peer says that it is ahead.</param>
/// <param name="Ready">Whether enough peers answered after the start.</param>
/// <param name="AbstainThrough">Last height not voted on after a rollback; null if there was none.</param>
/// <param name="PeerHeads">Heads as the members say, by genesis index.</param>
public sealed record ReplicaStanding(
    ChainTip Tip,
    int Round,
    RoundStep Step,
    int PendingEntries,
    long PendingBytes,
    bool Behind,
    bool Ready,
    Height? AbstainThrough,
    IReadOnlyList<Height> PeerHeads);
