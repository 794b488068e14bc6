using Dems.Core.Governance;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Chains;
using Dems.Replication.Ports;

namespace Dems.Grains.Receipts;

/// <summary>
/// Shows the row of a ballot's tally. The tally ran in the first block at or after the deadline; block times ascend, so that block is found by halving. The query tables' rows are
/// compared with the certified results root first: damaged tables give no bad proof but an error.
/// </summary>
internal sealed class TallyProver(ChainSite site, IGrainFactory grains)
{
    /// <summary>The proof; null while the block that certifies the tally, or its rows, are not here.</summary>
    /// <exception cref="StorageException">The query tables hold other rows than the chain commits to.</exception>
    public async Task<CertifiedRow?> ProveAsync(ContentId ballot, BlockTime deadline, CancellationToken cancellationToken)
    {
        if (await FirstAtAsync(deadline, cancellationToken) is not { } height
            || await site.Store.Chain.ReadBlockAsync(height.Next, cancellationToken) is not { } next
            || await site.FindResultsAsync(height, cancellationToken) is not { } results)
        {
            return null;
        }

        var place = PlaceOf(results, ballot);
        if (place < 0 || results.Results.Tree.Root != next.Block.Header.ResultsRoot)
        {
            throw new StorageException($"The results of block {height} in the query tables are not those that block {height.Next} commits to. Delete the tables; they are built again from the chain.");
        }

        var handOvers = await HandOverTrail.ReadAsync(site, grains, height, member: null, cancellationToken);
        return new CertifiedRow(handOvers, HandOverTrail.Certified(next), results.Results.Rows[place], results.Results.Tree.Prove(place));
    }

    private static int PlaceOf(ProjectedResults results, ContentId ballot)
    {
        for (var place = 0; place < results.Results.Rows.Count; place++)
        {
            if (BallotTally.TryDecode(results.Results.Rows[place], out var tally, out _) && tally.Ballot == ballot)
            {
                return place;
            }
        }

        return -1;
    }

    private async Task<Height?> FirstAtAsync(BlockTime time, CancellationToken cancellationToken)
    {
        var (low, high) = (1L, site.CommittedHeight + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (await site.Store.Chain.ReadBlockAsync(new Height(middle), cancellationToken) is not { } block || block.Block.Header.Time >= time)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low <= site.CommittedHeight ? new Height(low) : null;
    }
}
