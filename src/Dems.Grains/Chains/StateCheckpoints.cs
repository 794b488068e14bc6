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
    /// <summary>Fewer entries than this, some tenths of a second to execute even in a process that just started, are not worth a file.</summary>
    private const int LeastEntries = 512;

    /// <summary>Keys of the state that may be written again per entry that was ordered.</summary>
    private const int KeysPerEntry = 32;

    /// <summary>
    /// Whether a state is worth a snapshot: what a start would have to execute again must stay small beside what it costs to load the state, and writing the state
    /// small beside what it costs to order the entries in between.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="blocks">Blocks executed since the last snapshot.</param>
    /// <param name="entries">Entries in them.</param>
    /// <param name="mostBlocks">Blocks after which one is due however few entries they had.</param>
    public static bool IsDue(LedgerState state, int blocks, long entries, int mostBlocks) =>
        blocks >= mostBlocks || entries >= Math.Max(LeastEntries, state.Map.Count / KeysPerEntry);

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
            site.Publish(new ExecutedBlock(block.Block.Header, entries, result));
    }
}
