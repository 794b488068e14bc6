using Dems.Core.Consensus;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Nodes;

/// <summary>Hears what happens at the nodes: the oracle and the workload.</summary>
internal interface IReplicaWatcher
{
    /// <summary>A process starts with these blocks and this row on its disk.</summary>
    void Started(int node, IReadOnlyList<DecidedBlock> blocks, SafetyRow? row);

    /// <summary>A message is about to leave.</summary>
    void Said(int node, PeerMessage message);

    void Committed(int node, DecidedBlock block, ExecutedRoots roots);

    void Promised(int node, ReplicaEffect.Promised promised);

    void EvidenceFound(int node, Evidence evidence);

    void Stopped(int node, string reason);

    /// <summary>The product threw, or asked for something that must not be.</summary>
    void Failed(int node, string how);

    void Crashed(int node);
}
