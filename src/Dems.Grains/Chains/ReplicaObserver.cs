using Dems.Core.Consensus;
using Dems.Replication.Ports;
using Dems.Replication.Shell;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Chains;

/// <summary>Passes on what a replica does: to the log, to the metrics and to whoever waits for a block.</summary>
internal sealed class ReplicaObserver(ChainSite site, EvidenceDesk evidenceDesk, ILogger log, TimeProvider time) : IReplicaObserver
{
    public void Committed(DecidedBlock block, ExecutedRoots roots)
    {
        ChainMetrics.Committed(block, time.GetUtcNow());
        site.SignalBlock(block.Height);
    }

    public void EvidenceFound(Evidence evidence)
    {
        ChainMetrics.EvidenceFound(evidence.Kind);
        log.LogError("A validator signed two different things: {Evidence}", evidence);
        evidenceDesk.Found(evidence);
    }

    public void Faulted(Exception fault) => log.LogWarning(fault, "A request of a peer of pool {Pool} could not be served", site.Pool);

    public void Stopped(string reason)
    {
        site.Problem = reason;
        log.LogError("The replica of pool {Pool} stopped: {Reason}", site.Pool, reason);
    }
}
