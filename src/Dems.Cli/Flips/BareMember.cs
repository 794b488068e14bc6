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
    private readonly List<Damage> _found = [];
    private ReplicaDatabase? _store;
    private StoreKeeper? _keeper;
    private ReplicaIdentity? _identity;
    private ReplicaPorts? _ports;
    private volatile ChainReplica? _replica;
    private Task _pump = Task.CompletedTask;

    /// <summary>What the checks at the start and behind it found.</summary>
    public IReadOnlyList<Damage> Found
    {
        get
        {
            lock (_found)
            {
                return [.. _found];
            }
        }
    }

    /// <summary>Whether all of the store was checked and what was damaged is repaired.</summary>
    public bool IsWhole => _keeper is { IsWhole: true };

    /// <summary>Whether something happened that must not.</summary>
    public bool HasTroubles => !_troubles.IsEmpty;

    public ChainReplica Replica => _replica ?? throw new InvalidOperationException("The member was not started.");

    public ReplicaStanding Standing => Replica.Standing;

    public async Task StartAsync(ReplicaFiles files, CancellationToken cancellationToken)
    {
        var opened = await ReplicaDatabase.OpenCheckedAsync(files, network.Chain, cancellationToken);
        _store = opened.Database;
        Report(opened.Found);
        _keeper = new StoreKeeper(opened, findings => Report(findings.Found));
        _identity = new ReplicaIdentity(network.Genesis, network.Chain, index, network.KeyOf(index), network.Verifier);
        await OpenAsync(cancellationToken);
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

    public void Deliver(PeerFrame frame) => _ = _keeper?.TryDeliver(frame) | _replica?.TryDeliver(frame);

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

    /// <summary>Opens a replica. As in the grain, whatever prevents it makes the store suspect until all of it was checked.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await OpenOnceAsync(cancellationToken);
        }
        catch (StorageException) when (!_keeper!.IsWhole)
        {
            _keeper.Suspect();
            await OpenOnceAsync(cancellationToken);
        }
    }

    /// <summary>Opens a replica on the store as it is now, with a state executed from genesis.</summary>
    private async Task OpenOnceAsync(CancellationToken cancellationToken)
    {
        await _keeper!.MendAsync(cancellationToken);
        var cache = new EntryCache();
        var executor = LedgerExecutor.AtGenesis(network.Genesis, network.Pool, _store!.Mempool, cache, this);
        _ports = new ReplicaPorts(_store.Chain, _store.Mempool, _store.Safety, executor, this, network.Opener, cache, TimeProvider.System);
        await _keeper.RepairAsync(_identity!, _ports, cancellationToken);
        var nonce = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        _replica = await ChainReplica.OpenAsync(_identity!, new ReplicaLimits(), _ports, this, nonce, _keeper.IsPartial, cancellationToken);
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await LiveAsync())
            {
                await OpenAsync(_stop.Token);
            }
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

    /// <summary>One life of the replica with the check behind it. True if another is to follow.</summary>
    private async Task<bool> LiveAsync()
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var check = Task.Run(() => CheckAsync(life), CancellationToken.None);
        try
        {
            await Replica.RunAsync(life.Token);
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // Asked to stop, or to start anew.
        }
        finally
        {
            await life.CancelAsync();
        }

        return await check;
    }

    private async Task<bool> CheckAsync(CancellationTokenSource life)
    {
        try
        {
            if (!await _keeper!.CheckAsync(_identity!, _ports!, inBackground: false, life.Token))
            {
                return false;
            }

            await life.CancelAsync();
            return true;
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Report(IReadOnlyList<Damage> found)
    {
        lock (_found)
        {
            _found.AddRange(found);
        }
    }
}
