using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// What a replica wants done. The shell carries the effects of one step out in order; <see cref="WriteSafety"/> and <see cref="CommitBlock"/> are awaited
/// before the next step, the others complete when they may.
/// </summary>
public abstract record ReplicaEffect
{
    private ReplicaEffect()
    {
    }

    /// <summary>Sends a message to one member (index in genesis).</summary>
    public sealed record Send(int To, PeerMessage Message) : ReplicaEffect;

    /// <summary>Sends a message to every other member.</summary>
    public sealed record Broadcast(PeerMessage Message) : ReplicaEffect;

    /// <summary>Sets a timer.</summary>
    public sealed record SetTimer(ReplicaTimer Timer, int Milliseconds) : ReplicaEffect;

    /// <summary>Makes the safety row durable; answered by <see cref="ReplicaInput.SafetyWritten"/>.</summary>
    /// <param name="Row">The new row.</param>
    /// <param name="ExpectedVersion">The version it replaces; null recreates a lost row.</param>
    public sealed record WriteSafety(SafetyRow Row, long? ExpectedVersion) : ReplicaEffect;

    /// <summary>Opens bodies from a peer, verifies them and stores the sound ones; answered by <see cref="ReplicaInput.BodiesOpened"/>.</summary>
    public sealed record OpenBodies(int From, bool WantPromise, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : ReplicaEffect;

    /// <summary>Reads bodies and sends those held to a member.</summary>
    public sealed record SendBodies(int To, IReadOnlyList<LeafHash> Leaves) : ReplicaEffect;

    /// <summary>Reads decided blocks from a height on and sends as many as fit to a member.</summary>
    public sealed record SendBlocks(int To, Height From) : ReplicaEffect;

    /// <summary>Offers a member the newest stored state above a height, if there is one.</summary>
    public sealed record OfferSnapshot(int To, Height Above) : ReplicaEffect;

    /// <summary>Sends a member a chunk of a stored state, if it is still there.</summary>
    public sealed record SendChunk(int To, Height Height, int Index) : ReplicaEffect;

    /// <summary>Appends a decided block, whose bodies are all stored, and executes it; answered by <see cref="ReplicaInput.BlockCommitted"/>.</summary>
    /// <param name="Block">The block.</param>
    /// <param name="Contents">Content ids of its entries, in order: somebody may wait for them.</param>
    public sealed record CommitBlock(DecidedBlock Block, IReadOnlyList<ContentId> Contents) : ReplicaEffect;

    /// <summary>A group of submissions has the promise of f + 1 members.</summary>
    public sealed record Promised(IReadOnlyList<ContentId> Contents, IReadOnlyList<GroupPromise> Promises) : ReplicaEffect;

    /// <summary>A validator signed two different things: to be put on the chain.</summary>
    public sealed record ReportEvidence(Evidence Evidence) : ReplicaEffect;

    /// <summary>Stop, and say why: the row belongs to another activation, or the chain cannot go on here.</summary>
    /// <param name="Reason">For people.</param>
    /// <param name="ForGood">Whether a new start would end the same way: an operator has to act.</param>
    public sealed record Stop(string Reason, bool ForGood) : ReplicaEffect;
}
