using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>What happens to a replica. Each is given to <see cref="ReplicaMachine.Step"/> with the time on the replica's own clock.</summary>
public abstract record ReplicaInput
{
    private ReplicaInput()
    {
    }

    /// <summary>A frame whose signature was checked.</summary>
    public sealed record FrameReceived(PeerFrame Frame) : ReplicaInput;

    /// <summary>A timer that the machine set went off.</summary>
    public sealed record TimerFired(ReplicaTimer Timer) : ReplicaInput;

    /// <summary>Submissions made here are durable.</summary>
    /// <param name="Entries">The entries; those newly stored, and retransmissions that still lack a promise.</param>
    /// <param name="Bodies">Their bodies, in the same order.</param>
    public sealed record Admitted(IReadOnlyList<PendingEntry> Entries, IReadOnlyList<ReadOnlyMemory<byte>> Bodies) : ReplicaInput;

    /// <summary>The answer to <see cref="ReplicaEffect.OpenBodies"/>.</summary>
    public sealed record BodiesOpened(int From, bool WantPromise, IReadOnlyList<OpenedBody> Bodies) : ReplicaInput;

    /// <summary>The answer to <see cref="ReplicaEffect.WriteSafety"/>: the row as it stands on the disk, null if another activation owns it.</summary>
    public sealed record SafetyWritten(SafetyRow? Row) : ReplicaInput;

    /// <summary>The answer to <see cref="ReplicaEffect.CommitBlock"/>: appended and executed.</summary>
    public sealed record BlockCommitted(DecidedBlock Block, ExecutedRoots Roots) : ReplicaInput;
}
