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
        var (replica, repair) = (_site.Replica, _site.Repair);
        if (replica is null && repair is null)
        {
            return ValueTask.FromResult(DeliverOutcome.NotRunning);
        }

        if (frame.Opened is not PeerFrame opened && !PeerFrame.TryOpen(frame.Bytes, _members, _verifier, out opened, out _))
        {
            return ValueTask.FromResult(DeliverOutcome.Refused);
        }

        var taken = replica?.TryDeliver(opened) ?? repair!.TryDeliver(opened);
        return ValueTask.FromResult(taken ? DeliverOutcome.Accepted : DeliverOutcome.Busy);
    }

    public Task<IReadOnlyList<SubmitResult>> Submit(SubmitGroup group) => _desk.SubmitAsync(_site, group);

    public ValueTask<ChainStatus> GetStatus() => ValueTask.FromResult(StatusOf.Site(_site, _options.Genesis));

    /// <summary>Replaces damaged blocks by the peers' copies.</summary>
    private async Task RepairAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken stopping)
    {
        if (_site.ToRepair.Count == 0)
        {
            return;
        }

        _site.Problem = $"{_site.ToRepair.Count} damaged blocks are being repaired from peers";
        _site.Repair = new ChainRepair(identity, ports, _site.ToRepair);
        try
        {
            await _site.Repair.RunAsync(stopping);
            _site.ToRepair = [];
        }
        finally
        {
            _site.Repair = null;
        }
    }

    /// <summary>One life of the replica, from opening the disk to its end. After a fault of the disk nothing of it is kept: the next ping opens everything anew.</summary>
    private async Task PumpAsync(CancellationToken stopping)
    {
        var pool = GrainFactory.GetGrain<IPoolGrain>(this.GetPrimaryKeyString());
        var identity = new ReplicaIdentity(_options.Genesis, _site.Chain, _options.Member, _options.Validator, _verifier);
        var evidence = new EvidenceDesk(_site, identity, pool, _log, _time);
        var observer = new ReplicaObserver(_site, evidence, _log, _time);
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var reports = Task.CompletedTask;
        try
        {
            var executor = new PoolExecutor(pool);
            var ports = new ReplicaPorts(
                _site.Store.Chain, _site.Store.Mempool, _site.Store.Safety, executor, _peers, _opener, _site.Cache, _time);
            await RepairAsync(identity, ports, stopping);
            var nonce = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
            var replica = await ChainReplica.OpenAsync(identity, _options.Limits, ports, observer, nonce, stopping);
            _site.Problem = "";
            _site.Replica = replica;
            reports = evidence.RunAsync(life.Token);
            await replica.RunAsync(stopping);
            _site.IsHalted = replica.StoppedForGood;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The activation ends.
        }
        catch (Exception e)
        {
            // Whatever ended the pump, the member goes on serving what it has and the next ping tries again.
            _site.Problem = e.Message;
            _log.LogError(e, "The replica of pool {Pool} failed", _site.Pool);
        }
        finally
        {
            _site.Replica = null;
            await life.CancelAsync();
            await reports;
        }
    }
}
