using Dems.Core;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.OnChain;
using Dems.Grains.Chains;
using Dems.Replication.Ports;

namespace Dems.Grains.Settlement;

/// <summary>All that a question about a pool's energy or money is answered from.</summary>
/// <param name="Site">The chain at this member.</param>
/// <param name="Pool">The pool in genesis.</param>
/// <param name="Time">Its local time.</param>
/// <param name="Records">What the newest state says.</param>
/// <param name="State">The same, with proofs.</param>
/// <param name="StateRoot">Root of that state.</param>
/// <param name="Newest">The newest block whose results are certified.</param>
/// <param name="Blocks">Blocks that allocated intervals of the span that was asked for, ascending.</param>
internal sealed record PoolScene(
    ChainSite Site,
    GenesisPool Pool,
    LocalTimeRules Time,
    PoolRecords Records,
    IReadOnlyList<ProvenState> State,
    Hash32 StateRoot,
    Height Newest,
    IReadOnlyList<ProjectedResults> Blocks)
{
    /// <summary>What the blocks say.</summary>
    public PoolHistory History()
    {
        var history = new PoolHistory();
        foreach (var block in Blocks)
        {
            if (!history.TryAdd(block.Height, block.Results, out var error))
            {
                throw new StorageException($"The results of block {block.Height} in the query tables are damaged: {error}. Delete the tables; they are built again from the chain.");
            }
        }

        return history;
    }

    /// <summary>The seconds of a period over all carriers.</summary>
    public static UtcSpan SpanOf(GenesisPool pool, LocalTimeRules time, BillingPeriod period)
    {
        var spans = pool.Carriers.Select(carrier => time.SpanOf(period, carrier)).DefaultIfEmpty(time.SpanOf(period, Carrier.Electricity)).ToList();
        return new UtcSpan(spans.Min(span => span.Start), spans.Max(span => span.End));
    }
}
