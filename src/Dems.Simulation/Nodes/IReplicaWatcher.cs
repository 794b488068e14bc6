using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Replication.Ports;

namespace Dems.Simulation.Nodes;

/// <summary>Hears what happens at the nodes: the oracle and the workload.</summary>
internal interface IReplicaWatcher
{
    void Committed(int node, DecidedBlock block, ExecutedRoots roots, IReadOnlyList<ReadOnlyMemory<byte>> bodies);

    void Promised(int node, ReplicaEffect.Promised promised);

    void EvidenceFound(int node, Evidence evidence);

    void Stopped(int node, string reason);

    void Crashed(int node);
}
