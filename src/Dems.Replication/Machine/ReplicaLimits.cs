using Dems.Core.Consensus;

namespace Dems.Replication.Machine;

/// <summary>Times and bounds of a replica. Times are milliseconds of its own clock.</summary>
public sealed record ReplicaLimits
{
    /// <summary>Timeouts of consensus.</summary>
    public ConsensusTimeouts Timeouts { get; init; } = new();

    /// <summary>Least time between the decision of a block and the proposal of the next, so that entries gather.</summary>
    public int BlockIntervalMs { get; init; } = 100;

    /// <summary>Period of the housekeeping tick: retransmission while stuck, standing, repeated questions.</summary>
    public int TickMs { get; init; } = 500;

    /// <summary>Time without progress at a height after which a replica calls itself stuck.</summary>
    public int StuckAfterMs { get; init; } = 1_000;

    /// <summary>Time after which missing bodies are asked of the next peer.</summary>
    public int FetchRetryMs { get; init; } = 250;

    /// <summary>At start: how long to wait for more answers than are needed.</summary>
    public int StartGraceMs { get; init; } = 400;

    /// <summary>Most entries pending at once; beyond it submissions are refused as busy.</summary>
    public int MaxPendingEntries { get; init; } = 65_536;

    /// <summary>Most bytes of pending bodies: 256 MiB.</summary>
    public long MaxPendingBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Entries of one signer that a block takes while others wait.</summary>
    public int SignerQuota { get; init; } = 1_024;

    /// <summary>A promised entry is ordered within so many blocks.</summary>
    public int PromiseBlocks { get; init; } = 1_000;
}
