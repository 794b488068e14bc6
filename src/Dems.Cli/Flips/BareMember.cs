using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dems.Core.Consensus;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Grains.Chains;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Dems.Storage;

namespace Dems.Cli.Flips;

/// <summary>One member of a <see cref="BareNetwork"/>.</summary>
internal sealed class BareMember(BareNetwork network, int index) : IAsyncDisposable, IReplicaObserver, IExecutionObserver, IPeerTransport
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _troubles = new();
    private ReplicaDatabase? _store;
    private volatile ChainRepair? _repair;
    private volatile ChainReplica? _replica;
    private Task _pump = Task.CompletedTask;

    /// <summary>What the check at the start found.</summary>
    public IReadOnlyList<Damage> Found { get; private set; } = [];

    /// <summary>Blocks that were fetched from peers and put in the place of damaged ones.</summary>
    public int Repaired { get; private set; }

    /// <summary>Whether the file had to be replaced.</summary>
    public bool Rebuilt { get; private set; }

    /// <summary>Whether something happened that must not.</summary>
    public bool HasTroubles => !_troubles.IsEmpty;

    public ChainReplica Replica => _replica ?? throw new InvalidOperationException("The member was not started.");

    public ReplicaStanding Standing => Replica.Standing;

    public async Task StartAsync(ReplicaFiles files, CancellationToken cancellationToken)
    {
        var opened = await ReplicaDatabase.OpenCheckedAsync(files, network.Chain, cancellationToken);
        (_store, Found, Repaired, Rebuilt) = (opened.Database, opened.Found, opened.ToRepair.Count, opened.Rebuilt is not null);
        var cache = new EntryCache();
        var executor = LedgerExecutor.AtGenesis(network.Genesis, network.Pool, _store.Mempool, cache, this);
        var ports = new ReplicaPorts(_store.Chain, _store.Mempool, _store.Safety, executor, this, network.Opener, cache, TimeProvider.System);
        var identity = new ReplicaIdentity(network.Genesis, network.Chain, index, network.KeyOf(index), network.Verifier);
        if (opened.ToRepair.Count > 0)
        {
            _repair = new ChainRepair(identity, ports, opened.ToRepair);
            await _repair.RunAsync(cancellationToken);
        }

        var nonce = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        _replica = await ChainReplica.OpenAsync(identity, new ReplicaLimits(), ports, this, nonce, cancellationToken);
        _pump = Task.Run(PumpAsync, CancellationToken.None);
    }

    /// <summary>What happened and must not, each told once.</summary>
    public IReadOnlyList<string> TakeTroubles()
    {
        var taken = new List<string>();
        while (_troubles.TryDequeue(out var trouble))
        {
            taken.Add(trouble);
        }

        return taken;
    }

    public void Deliver(PeerFrame frame) => _ = _replica?.TryDeliver(frame) ?? _repair?.TryDeliver(frame);

    public void Send(int member, ReadOnlyMemory<byte> frame) => network.Carry(member, frame);

    public void Committed(DecidedBlock block, ExecutedRoots roots)
    {
        // Whoever is interested looks at the standing.
    }

    public void EvidenceFound(Evidence evidence) => _troubles.Enqueue($"member {index} holds evidence against validator {evidence.Validator}");

    public void Faulted(Exception fault) => _troubles.Enqueue($"member {index} could not serve a peer: {fault.Message}");

    public void Stopped(string reason) => _troubles.Enqueue($"member {index} stopped: {reason}");

    public void Executed(DecidedBlock block, IReadOnlyList<OpenedEntry> entries, ExecutionResult result)
    {
        // There are no query tables here.
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await Replica.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception e)
        {
            // Whatever ended it is for the report, not for this thread.
            _troubles.Enqueue($"member {index} failed: {e.Message}");
        }
    }
}
