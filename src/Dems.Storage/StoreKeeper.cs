using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Machine;
using Dems.Replication.Protocol;
using Dems.Replication.Shell;

namespace Dems.Storage;

/// <summary>
/// Keeps the store under a replica sound over the replica's lives in one process. Before a life it puts right what is known to be damaged; behind the first one it checks
/// what the start did not (docs/adr/015-the-tail-before-the-vote.md). One caller at a time, except for <see cref="TryDeliver"/>.
/// </summary>
public sealed class StoreKeeper
{
    private const int BlocksAtOnce = 1_024;

    private readonly ReplicaDatabase _store;
    private readonly Action<StoreFindings> _report;
    private volatile ChainRepair? _repair;
    private volatile SnapshotFetch? _fetch;
    private volatile bool _isPartial;
    private IReadOnlyList<Height> _toRepair;
    private volatile bool _isWhole;
    private bool _needsRebuild;
    private bool _isSuspect;

    /// <summary>A keeper of a store that was just opened.</summary>
    /// <param name="opened">The store, with what its opening found.</param>
    /// <param name="report">Told of every damage that is found later.</param>
    public StoreKeeper(CheckedReplica opened, Action<StoreFindings> report)
    {
        (_store, _report, _toRepair) = (opened.Database, report, opened.ToRepair);
        _isPartial = _store.Gap is not null;
        _isWhole = opened.IsWhole && _toRepair.Count == 0 && !_isPartial;
    }

    /// <summary>Whether all of the store was checked since it was opened, and all damage is repaired.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>Whether blocks are still missing below the head, because its state came from peers: the validator may not vote.</summary>
    public bool IsPartial => _isPartial;

    /// <summary>Damaged blocks that are being fetched from peers.</summary>
    public int Remaining => _repair?.Remaining ?? 0;

    /// <summary>Whether frames of peers are waited for.</summary>
    public bool TakesFrames => _repair is not null || _fetch is not null;

    /// <summary>Takes in a frame whose signature was checked; false if nobody here waits for any.</summary>
    public bool TryDeliver(PeerFrame frame) => _repair?.TryDeliver(frame) ?? _fetch?.TryDeliver(frame) ?? false;

    /// <summary>A life ended because something that it read was damaged: everything is checked before the next one.</summary>
    public void Suspect() => (_isSuspect, _isWhole) = (true, false);

    /// <summary>Before a life: puts right what needs no peer. True if the file was replaced, so that nothing that was read from the old one may be kept.</summary>
    public async Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        if (_isSuspect)
        {
            Take(await _store.CheckAsync(inBackground: false, cancellationToken));
        }

        if (!_needsRebuild)
        {
            return false;
        }

        Take(await _store.ReplaceFileAsync(cancellationToken));
        return true;
    }

    /// <summary>
    /// Before a life: fetches the newest state from peers, if the chain here ends far below theirs, and goes on from it. True if one was adopted, so that the executed state must
    /// be loaded anew.
    /// </summary>
    /// <param name="distance">How many blocks above the head here a state must lie to be worth it.</param>
    /// <param name="validators">Who decides the next heights, as far as is known here.</param>
    public async Task<bool> FetchStateAsync(ReplicaIdentity identity, ReplicaPorts ports, ValidatorSet validators, int distance, CancellationToken cancellationToken)
    {
        var head = (await _store.Chain.ReadHeadAsync(cancellationToken))?.Height ?? Height.Genesis;
        _fetch = new SnapshotFetch(identity, ports, _store.SnapshotParts);
        try
        {
            if (await _fetch.RunAsync(new Height(head.Value + distance), validators, cancellationToken) is not { } fetched)
            {
                return false;
            }

            await _store.AdoptAsync(fetched, cancellationToken);
            _store.SnapshotParts.Clear();
            (_isPartial, _isWhole) = (true, false);
            return true;
        }
        finally
        {
            _fetch = null;
        }
    }

    /// <summary>Before a life: replaces damaged blocks by the peers' copies.</summary>
    public async Task RepairAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken cancellationToken)
    {
        if (_toRepair.Count == 0)
        {
            return;
        }

        // What lies above missing blocks can be judged only once these are here.
        await FillAsync(identity, ports, cancellationToken);
        await RepairAsync(identity, ports, _toRepair, cancellationToken);
        (_toRepair, _isWhole) = ([], true);
    }

    /// <summary>Behind a life: checks everything, once, and replaces damaged blocks. True if the life must end, because what it remembers of the store is out of date.</summary>
    public async Task<bool> CheckAsync(ReplicaIdentity identity, ReplicaPorts ports, bool inBackground, CancellationToken cancellationToken)
    {
        if (_isWhole)
        {
            return false;
        }

        if (_isPartial)
        {
            // The next life may vote, and checks the rest.
            await FillAsync(identity, ports, cancellationToken);
            return true;
        }

        var findings = await _store.CheckAsync(inBackground, cancellationToken);
        Take(findings);
        if (_needsRebuild)
        {
            return true;
        }

        await RepairAsync(identity, ports, cancellationToken);
        return findings.NeedsRestart;
    }

    /// <summary>Fetches the blocks that are missing below the head, a bounded number at a time.</summary>
    private async Task FillAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken cancellationToken)
    {
        while (_store.Gap is { } gap)
        {
            var count = (int)Math.Min(BlocksAtOnce, gap.Last.Value - gap.First.Value + 1);
            await RepairAsync(identity, ports, Enumerable.Range(0, count).Select(i => new Height(gap.First.Value + i)), cancellationToken);
        }

        _isPartial = false;
    }

    private async Task RepairAsync(ReplicaIdentity identity, ReplicaPorts ports, IEnumerable<Height> heights, CancellationToken cancellationToken)
    {
        _repair = new ChainRepair(identity, ports, heights);
        try
        {
            await _repair.RunAsync(cancellationToken);
        }
        finally
        {
            _repair = null;
        }
    }

    private void Take(StoreFindings findings)
    {
        (_needsRebuild, _toRepair, _isSuspect) = (findings.NeedsRebuild, findings.ToRepair, false);
        _isPartial = !findings.NeedsRebuild && _store.Gap is not null;
        _isWhole = !findings.NeedsRebuild && findings.ToRepair.Count == 0 && !_isPartial;
        if (findings.Found.Count > 0 || findings.Rebuilt is not null)
        {
            _report(findings);
        }
    }
}
