using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;
using Dems.Replication.Shell;

namespace Dems.Grains.Chains;

/// <summary>
/// Snapshots of a pool's state, so that a start need not execute the whole chain. One is believed only if the header of the next block, which q members certified,
/// commits to its root; without such a header the state comes from further back.
/// </summary>
internal static class StateCheckpoints
{
    public static Task SaveAsync(ChainSite site, LedgerExecutor executor, CancellationToken cancellationToken) =>
        site.Store.Snapshots.SaveAsync(executor.Roots.Height, StateSnapshot.Export(executor.State), cancellationToken);

    /// <summary>The newest state that can be trusted, with its roots.</summary>
    public static async Task<LedgerExecutor> LoadAsync(ChainSite site, Genesis genesis, CancellationToken cancellationToken)
    {
        var head = await site.Store.Chain.ReadHeadAsync(cancellationToken);
        var atMost = head is null ? Height.Genesis : head.Height.Previous;
        while (atMost > Height.Genesis && await site.Store.Snapshots.ReadLatestAsync(atMost, cancellationToken) is var (height, bytes))
        {
            if (await TryRestoreAsync(site, height, bytes, cancellationToken) is { } restored)
            {
                return restored;
            }

            atMost = height.Previous;
        }

        return LedgerExecutor.AtGenesis(genesis, site.Pool, site.Store.Mempool, site.Cache, new SiteObserver(site));
    }

    private static async Task<LedgerExecutor?> TryRestoreAsync(ChainSite site, Height height, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var own = await site.Store.Chain.ReadBlockAsync(height, cancellationToken);
        var next = await site.Store.Chain.ReadBlockAsync(height.Next, cancellationToken);
        if (own is null || next is null || !StateSnapshot.TryImport(bytes, next.Block.Header.StateRoot, out var state, out _))
        {
            return null;
        }

        var header = next.Block.Header;
        var changed = header.ResultsRoot != MerkleHash.Empty || header.StateRoot != own.Block.Header.StateRoot;
        var roots = ExecutedRoots.Of(height, state, header.ResultsRoot, changed);
        return new LedgerExecutor(state, roots, site.Store.Mempool, site.Cache, new SiteObserver(site));
    }

    private sealed class SiteObserver(ChainSite site) : IExecutionObserver
    {
        public void Executed(DecidedBlock block, IReadOnlyList<Core.Ledger.Entries.OpenedEntry> entries, ExecutionResult result) =>
            site.Publish(ExecutedBlock.Of(block.Block.Header, entries, result));
    }
}
