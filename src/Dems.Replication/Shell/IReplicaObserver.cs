using Dems.Core.Consensus;
using Dems.Replication.Ports;

namespace Dems.Replication.Shell;

/// <summary>Hears what a replica does: for logs, metrics, events and projections. Called on the pump: implementations return at once and never throw.</summary>
public interface IReplicaObserver
{
    /// <summary>A block is appended and executed.</summary>
    void Committed(DecidedBlock block, ExecutedRoots roots);

    /// <summary>A validator signed two different things.</summary>
    void EvidenceFound(Evidence evidence);

    /// <summary>A request of a peer could not be served, or bodies not stored, because the disk failed or holds damaged bytes.</summary>
    void Faulted(Exception fault);

    /// <summary>The replica stopped by itself.</summary>
    void Stopped(string reason);
}
