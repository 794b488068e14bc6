using System.Threading.Channels;
using Dems.Contracts.Grains;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Shell;
using Dems.Storage;

namespace Dems.Grains.Chains;

/// <summary>One chain at one member, in this process: its opened store, its cache of opened entries and, while it runs, its replica.</summary>
public sealed class ChainSite
{
    private volatile ChainReplica? _replica;
    private volatile TaskCompletionSource _moved = NewSignal();

    /// <summary>Executed blocks that wait for the query tables. More are dropped; the projector then makes up for them from the chain.</summary>
    private const int MaxWaitingBlocks = 1_024;

    private readonly Channel<ExecutedBlock> _executed = Channel.CreateBounded<ExecutedBlock>(MaxWaitingBlocks);

    private long _projectedHeight;
    private long _committedHeight;

    /// <summary>A site over opened stores.</summary>
    public ChainSite(string pool, ChainId chain, ReplicaDatabase store, StoreKeeper keeper, IReadingProjection projection)
    {
        (Pool, Chain, Store, Keeper, Projection) = (pool, chain, store, keeper, projection);
    }

    /// <summary>Name of the pool.</summary>
    public string Pool { get; }

    /// <summary>The chain.</summary>
    public ChainId Chain { get; }

    /// <summary>Chain, mempool, safety row and snapshots.</summary>
    public ReplicaDatabase Store { get; }

    /// <summary>Keeps the store sound under the replica.</summary>
    public StoreKeeper Keeper { get; }

    /// <summary>Whether frames of peers have somewhere to go.</summary>
    public bool TakesFrames => _replica is not null || Keeper.TakesFrames;

    /// <summary>Query tables of the readings.</summary>
    public IReadingProjection Projection { get; }

    /// <summary>Height up to which the query tables were brought in this run.</summary>
    public long ProjectedHeight => Volatile.Read(ref _projectedHeight);

    /// <summary>Opened entries between arrival and execution.</summary>
    public EntryCache Cache { get; } = new();

    /// <summary>The replica, while the head runs it.</summary>
    public ChainReplica? Replica
    {
        get => _replica;
        set => _replica = value;
    }

    /// <summary>Why the replica stopped last; empty while it runs.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Whether the replica stopped for a reason that only an operator can judge; it is not started again in this process.</summary>
    public bool IsHalted { get; set; }

    /// <summary>Completes when the next block is committed. Take it, look at the head, then wait.</summary>
    public Task NextBlock => _moved.Task;

    internal ChannelReader<ExecutedBlock> Executed => _executed.Reader;

    internal ResultsWindow Results { get; } = new();

    internal void Publish(ExecutedBlock block)
    {
        if (block.Results is { } results)
        {
            Results.Add(results);
        }

        _executed.Writer.TryWrite(block);
    }

    /// <summary>The results of a block; null if it has none, or while they are not known here because it is not executed or the query tables are being built.</summary>
    internal async ValueTask<ProjectedResults?> FindResultsAsync(Height height, CancellationToken cancellationToken) =>
        Results.Find(height) ?? await Projection.ReadResultsAsync(height, cancellationToken);

    internal void SignalProjected(Height height) => Volatile.Write(ref _projectedHeight, height.Value);

    /// <summary>Height of the newest block here: what was committed in this run, or what the replica started with.</summary>
    public long CommittedHeight => Math.Max(Volatile.Read(ref _committedHeight), _replica?.Standing.Tip.Height.Value ?? 0);

    /// <summary>Wakes whoever waits for a block. The height goes first, so that whoever wakes up sees it.</summary>
    public void SignalBlock(Height height)
    {
        Volatile.Write(ref _committedHeight, height.Value);
        Interlocked.Exchange(ref _moved, NewSignal()).SetResult();
    }

    /// <summary>Where the replica stands; says "not running" while there is none.</summary>
    public ChainStatus Status(Genesis genesis) => StatusOf.Site(this, genesis);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
