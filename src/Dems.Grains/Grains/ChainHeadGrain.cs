using System.Security.Cryptography;
using Dems.Contracts.Grains;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Grains.Chains;
using Dems.Grains.Hosting;
using Dems.Replication.Machine;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Dems.Grains.Grains;

/// <summary>
/// Gives a replica of a chain its scheduler: the pump is one loop of this activation, started by the keeper's ping and ended by deactivation. Neither the mailbox nor
/// the activation is a fence against signing twice; the safety row is.
/// </summary>
[PreferLocalPlacement]
[Immovable]
public sealed class ChainHeadGrain : Grain, IChainHeadGrain, IDisposable
{
    /// <summary>Keeps the activation between two pings, with much to spare.</summary>
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(10);

    /// <summary>A check behind the replica lets the validator get ready first, but does not wait for peers that are away.</summary>
    private const int MaxReadyPolls = 100;

    private const long NeverAsked = long.MinValue / 2;

    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan DistancePoll = TimeSpan.FromMilliseconds(500);

    /// <summary>When nobody gave a state, blocks are executed for so long before anybody is asked again.</summary>
    private static readonly TimeSpan AskForStateAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ChainSites _sites;
    private readonly MemberOptions _options;
    private readonly IPeerTransport _peers;
    private readonly IEntryOpener _opener;
    private readonly ISignatureVerifier _verifier;
    private readonly SubmissionDesk _desk;
    private readonly TimeProvider _time;
    private readonly ILogger<ChainHeadGrain> _log;
    private readonly PublicKey[] _members;
    private readonly CancellationTokenSource _stopping = new();
    private ChainSite _site = null!;
    private Task? _pump;
    private bool _wantsState;
    private long _stateAskedAt = NeverAsked;

    public ChainHeadGrain(
        ChainSites sites,
        MemberOptions options,
        IPeerTransport peers,
        IEntryOpener opener,
        ISignatureVerifier verifier,
        SubmissionDesk desk,
        TimeProvider time,
        ILogger<ChainHeadGrain> log)
    {
        (_sites, _options, _peers, _opener, _verifier, _desk, _time, _log) = (sites, options, peers, opener, verifier, desk, time, log);
        _members = [.. options.Genesis.Members.Select(m => m.Key)];
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _site = ChainKey.TryParse(key, out var chain) && _sites.TryFind(chain, out var site)
            ? site
            : throw new InvalidOperationException($"No chain {key} is kept here.");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        if (_pump is not null)
        {
            await _pump;
        }
    }

    public void Dispose() => _stopping.Dispose();

    public Task<bool> Ping()
    {
        DelayDeactivation(KeepFor);
        if (_pump is null or { IsCompleted: true } && !_site.IsHalted)
        {
            _pump = PumpAsync(_stopping.Token);
        }

        return Task.FromResult(_site.Replica is not null);
    }

    public ValueTask<DeliverOutcome> Deliver(DeliveredFrame frame)
    {
        var (replica, keeper) = (_site.Replica, _site.Keeper);
        if (replica is null && !keeper.TakesFrames)
        {
            return ValueTask.FromResult(DeliverOutcome.NotRunning);
        }

        if (frame.Opened is not PeerFrame opened && !PeerFrame.TryOpen(frame.Bytes, _members, _verifier, out opened, out _))
        {
            return ValueTask.FromResult(DeliverOutcome.Refused);
        }

        // A repair behind a running replica hears the same answers.
        var repaired = keeper.TryDeliver(opened);
        var taken = replica?.TryDeliver(opened) ?? repaired;
        return ValueTask.FromResult(taken ? DeliverOutcome.Accepted : DeliverOutcome.Busy);
    }

    public Task<IReadOnlyList<SubmitResult>> Submit(SubmitGroup group) => _desk.SubmitAsync(_site, group);

    public ValueTask<ChainStatus> GetStatus() => ValueTask.FromResult(StatusOf.Site(_site, _options.Genesis));

    /// <summary>One life of the replica, from opening the disk to its end. After a fault of the disk nothing of it is kept: the next ping opens everything anew.</summary>
    private async Task PumpAsync(CancellationToken stopping)
    {
        var pool = GrainFactory.GetGrain<IPoolGrain>(this.GetPrimaryKeyString());
        var identity = new ReplicaIdentity(_options.Genesis, _site.Chain, _options.Member, _options.Validator, _verifier);
        var evidence = new EvidenceDesk(_site, identity, pool, _log, _time);
        var observer = new ReplicaObserver(_site, evidence, _log, _time);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var besides = Task.CompletedTask;
        try
        {
            var executor = new PoolExecutor(pool);
            var ports = new ReplicaPorts(
                _site.Store.Chain, _site.Store.Mempool, _site.Store.Safety, executor, _peers, _opener, _site.Cache, _time)
            {
                Snapshots = _site.Store.Snapshots,
            };
            if (await _site.Keeper.MendAsync(stopping) | await FetchStateAsync(identity, ports, stopping))
            {
                await pool.Reload();
            }

            await _site.Keeper.RepairAsync(identity, ports, stopping);
            var nonce = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
            var replica = await ChainReplica.OpenAsync(identity, _options.Limits, ports, observer, nonce, _site.Keeper.IsPartial, stopping);
            _site.Problem = "";
            _site.Replica = replica;
            besides = Task.WhenAll(evidence.RunAsync(life.Token), CheckAsync(identity, ports, replica, life), WatchDistanceAsync(replica, life));
            await replica.RunAsync(life.Token);
            _site.IsHalted = replica.StoppedForGood;
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The activation ends, or the replica must start anew.
        }
        catch (Exception e)
        {
            // Whatever ended the pump, the member goes on serving what it has and the next ping tries again.
            SuspectStore(e);
            _site.Problem = e.Message;
            _log.LogError(e, "The replica of pool {Pool} failed", _site.Pool);
        }
        finally
        {
            _site.Replica = null;
            await life.CancelAsync();
            await besides;
        }
    }

    /// <summary>Checks what the start did not, once the validator is no longer waited for.</summary>
    private async Task CheckAsync(ReplicaIdentity identity, ReplicaPorts ports, ChainReplica replica, CancellationTokenSource life)
    {
        try
        {
            for (var i = 0; i < MaxReadyPolls && !_site.Keeper.IsWhole && !replica.Standing.Ready; i++)
            {
                await Task.Delay(ReadyPoll, _time, life.Token);
            }

            if (await _site.Keeper.CheckAsync(identity, ports, inBackground: true, life.Token))
            {
                _log.LogWarning("The replica of pool {Pool} starts anew after its store was put right", _site.Pool);
                await life.CancelAsync();
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The next life checks.
        }
        catch (Exception e)
        {
            // The replica goes on: what it reads is checked as it is read.
            _site.Problem = e.Message;
            _log.LogError(e, "The store of pool {Pool} could not be checked or repaired", _site.Pool);
        }
    }

    /// <summary>Ends the life of a replica that is so far behind that a state from peers is sooner here than the blocks are executed.</summary>
    private async Task WatchDistanceAsync(ChainReplica replica, CancellationTokenSource life)
    {
        try
        {
            while (true)
            {
                await Task.Delay(DistancePoll, _time, life.Token);
                var (standing, helpers) = (replica.Standing, _options.Genesis.Validators.OneHonest);
                var ahead = standing.PeerHeads.OrderDescending().ElementAtOrDefault(helpers - 1);
                if (ahead.Value - standing.Tip.Height.Value >= _options.SnapshotDistance && _time.GetElapsedTime(_stateAskedAt) > AskForStateAgainAfter)
                {
                    _wantsState = true;
                    await life.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            // The life is over.
        }
    }

    /// <summary>Fetches a state from peers if the last life found itself far behind, or if the folder was lost. Without one, blocks are executed as always.</summary>
    private async Task<bool> FetchStateAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken stopping)
    {
        if (!_wantsState && !await IsLostAsync(ports, stopping))
        {
            return false;
        }

        (_wantsState, _stateAskedAt) = (false, _time.GetTimestamp());
        var validators = (await ports.Executor.ReadRootsAsync(stopping)).Validators;
        var adopted = await _site.Keeper.FetchStateAsync(identity, ports, validators, _options.SnapshotDistance / 2, stopping);
        if (adopted)
        {
            _log.LogInformation("Pool {Pool} goes on from a state that peers gave; blocks {Gap} are fetched in the background", _site.Pool, _site.Store.Gap);
        }

        return adopted;
    }

    /// <summary>Whether this is the first life on a store that <c>init</c> did not make: it has neither a block nor a mark of what was signed.</summary>
    private async Task<bool> IsLostAsync(ReplicaPorts ports, CancellationToken stopping) =>
        _stateAskedAt == NeverAsked
        && await ports.Chain.ReadHeadAsync(stopping) is null
        && await ports.Safety.ReadHighWaterAsync(stopping) is null;

    // Before all of the store was checked, any fault may come from damage; afterwards only one that says so.
    private void SuspectStore(Exception fault)
    {
        if (fault is DamageException || !_site.Keeper.IsWhole)
        {
            _site.Keeper.Suspect();
        }
    }
}
