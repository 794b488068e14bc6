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
    private readonly ReplicaDatabase _store;
    private readonly Action<StoreFindings> _report;
    private volatile ChainRepair? _repair;
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
        _isWhole = opened.IsWhole && _toRepair.Count == 0;
    }

    /// <summary>Whether all of the store was checked since it was opened, and all damage is repaired.</summary>
    public bool IsWhole => _isWhole;

    /// <summary>Damaged blocks that are being fetched from peers.</summary>
    public int Remaining => _repair?.Remaining ?? 0;

    /// <summary>Whether frames of peers are waited for.</summary>
    public bool TakesFrames => _repair is not null;

    /// <summary>Takes in a frame whose signature was checked; false if no repair waits for any.</summary>
    public bool TryDeliver(PeerFrame frame) => _repair?.TryDeliver(frame) ?? false;

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

    /// <summary>Before a life: replaces damaged blocks by the peers' copies.</summary>
    public async Task RepairAsync(ReplicaIdentity identity, ReplicaPorts ports, CancellationToken cancellationToken)
    {
        if (_toRepair.Count == 0)
        {
            return;
        }

        _repair = new ChainRepair(identity, ports, _toRepair);
        try
        {
            await _repair.RunAsync(cancellationToken);
            (_toRepair, _isWhole) = ([], true);
        }
        finally
        {
            _repair = null;
        }
    }

    /// <summary>Behind a life: checks everything, once, and replaces damaged blocks. True if the life must end, because what it remembers of the store is out of date.</summary>
    public async Task<bool> CheckAsync(ReplicaIdentity identity, ReplicaPorts ports, bool inBackground, CancellationToken cancellationToken)
    {
        if (_isWhole)
        {
            return false;
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

    private void Take(StoreFindings findings)
    {
        (_needsRebuild, _toRepair, _isSuspect) = (findings.NeedsRebuild, findings.ToRepair, false);
        _isWhole = !findings.NeedsRebuild && findings.ToRepair.Count == 0;
        if (findings.Found.Count > 0 || findings.Rebuilt is not null)
        {
            _report(findings);
        }
    }
}
