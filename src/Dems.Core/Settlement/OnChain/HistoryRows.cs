using Dems.Core.Allocation;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Turns the rows of a chain into rows to settle. A row tells own use, shared and grid energy itself, except where only the whole interval can: where pooled production may have
/// come back to its producer, where export is fed in on consumers' accounts, and where an auction set prices; those intervals are computed once more.
/// </summary>
public static class HistoryRows
{
    /// <summary>The rows of a period as of a block; false with a reason if an interval cannot be computed again.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="history">Its history.</param>
    /// <param name="time">Local time of the pool; must cover the period.</param>
    /// <param name="period">The days.</param>
    /// <param name="asOf">The newest block that counts.</param>
    /// <param name="rows">Rows of nodes with a contract and a tariff when the interval starts, in no particular order.</param>
    /// <param name="error">The reason.</param>
    public static bool TryMake(PoolRecords pool, PoolHistory history, LocalTimeRules time, BillingPeriod period, Height asOf, out IReadOnlyList<AllocatedEnergy> rows, out string error)
    {
        var found = new List<AllocatedEnergy>();
        var contracts = pool.Contracts().ToLookup(contract => contract.Node);
        (rows, error) = (found, "");
        foreach (var (carrier, _) in pool.Policies)
        {
            foreach (var version in history.In(carrier, time.SpanOf(period, carrier), asOf))
            {
                if (!TryMake(pool, version, out var energies, out error))
                {
                    return false;
                }

                found.AddRange(energies.Where(row => contracts[row.Node].Any(contract => contract.Span.Contains(row.Start))));
            }
        }

        return true;
    }

    /// <summary>The rows of an interval, for nodes with a row.</summary>
    public static bool TryMake(PoolRecords pool, IntervalVersion version, out IReadOnlyList<AllocatedEnergy> rows, out string error)
    {
        error = "";
        if (!NeedsAll(pool, version))
        {
            rows = [.. version.Nodes.Select(node => RowOf(version.Row, node))];
            return true;
        }

        rows = [];
        if (!RepeatedAllocation.TryRepeat(pool, version, out var result, out error))
        {
            return false;
        }

        var nodes = version.Nodes.ToDictionary(node => node.Node);
        var proofs = result.Nodes.Select(node => new RowProof(nodes.GetValueOrDefault(node.Node).Reference, version.Row.IsProvisional)).ToList();
        rows = [.. AllocatedRows.Of(result, proofs).Where(row => nodes.ContainsKey(row.Node))];
        return true;
    }

    private static bool NeedsAll(PoolRecords pool, IntervalVersion version) => pool.PoliciesOf(version.Row.Carrier)?.At(version.Row.Start).Policy is not { } policy
        || policy.Rule is AllocationRule.UniformPriceAuction or AllocationRule.PayAsBid
        || version.Row.Totals.Leftover > 0
        || (policy.Self == SelfSharing.Pooled && version.Nodes.Any(node => node.Amounts.Allocated > node.Amounts.Own && node.Amounts.Sold > node.Amounts.Own));

    private static AllocatedEnergy RowOf(IntervalRow row, in NodeVersion node)
    {
        var amounts = node.Amounts;
        var energy = new EnergyTotals(amounts.Own, amounts.Allocated - amounts.Own, amounts.Sold - amounts.Own, amounts.Grid, amounts.Export);
        return new AllocatedEnergy(node.Node, row.Carrier, row.Start, row.Duration, energy, row.IsProvisional, node.Reference);
    }
}
