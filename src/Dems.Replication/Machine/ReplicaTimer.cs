using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Machine;

/// <summary>A timer of the machine. Timers are never cancelled; one that no longer matters is ignored when it goes off.</summary>
public abstract record ReplicaTimer
{
    private ReplicaTimer()
    {
    }

    /// <summary>Housekeeping; sets itself again.</summary>
    public sealed record Tick : ReplicaTimer;

    /// <summary>The block interval after a decision is over.</summary>
    public sealed record NextBlock(Height Height) : ReplicaTimer;

    /// <summary>A timeout of consensus.</summary>
    public sealed record Consensus(Height Height, int Round, RoundStep Step) : ReplicaTimer;

    /// <summary>Missing bodies of a candidate are asked for again.</summary>
    public sealed record Fetch(Height Height) : ReplicaTimer;

    /// <summary>The wait for more answers at start is over.</summary>
    public sealed record StartGrace(long Nonce) : ReplicaTimer;
}
