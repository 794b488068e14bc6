using Dems.Core.Allocation;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Settlement.OnChain;

/// <summary>
/// Computes an interval of a chain again from what its rows say was metered. The rows are what counts; this gives what they leave out: the matrix of who drew on whom, the prices
/// of an auction, each step of the arithmetic. It must come to what the rows say.
/// </summary>
public static class RepeatedAllocation
{
    /// <summary>The input of an interval: its policy, its roster and what each node brought. False with a reason if the pool does not share the carrier.</summary>
    public static bool TryInput(PoolRecords pool, IntervalVersion version, out AllocationInput input, out string error)
    {
        var row = version.Row;
        input = null!;
        if (pool.PoliciesOf(row.Carrier) is not { } policies)
        {
            error = $"{Name(row)}: the pool shares no {row.Carrier}";
            return false;
        }

        input = new AllocationInput
        {
            Interval = new AllocationInterval(pool.Chain, row.Carrier, row.Start, row.Duration),
            Policy = policies.At(row.Start).Policy,
            Participants = Participants(pool, version),
        };
        error = "";
        return true;
    }

    /// <summary>The allocation once more; false with a reason if it does not come to the rows.</summary>
    public static bool TryRepeat(PoolRecords pool, IntervalVersion version, out AllocationResult result, out string error)
    {
        result = null!;
        if (!TryInput(pool, version, out var input, out error) || !Allocator.TryAllocate(input, out result, out error))
        {
            return false;
        }

        var said = version.Nodes.ToDictionary(node => node.Node, node => node.Amounts);
        foreach (var node in result.Nodes)
        {
            if (said.GetValueOrDefault(node.Node) != AmountsOf(node))
            {
                error = $"{Name(version.Row)}: the policy gives {node.Node} other amounts than its row says; another contract must have held when it was allocated";
                return false;
            }
        }

        return true;
    }

    /// <summary>The amounts of a node as a row states them.</summary>
    public static AllocatedAmounts AmountsOf(in NodeAllocation node) =>
        new(node.Consumption, node.Production, node.Allocated, node.Sold, node.Own, node.Leftover, node.Charged, node.Discharged);

    // Nodes that were registered after the interval was allocated took no part in it: the row says how many did, and the index is in the order of registration.
    private static Participant[] Participants(PoolRecords pool, IntervalVersion version)
    {
        var row = version.Row;
        var amounts = version.Nodes.ToDictionary(node => node.Node, node => node.Amounts);
        return
        [
            .. pool.Nodes
                .Where(node => amounts.ContainsKey(node.Key) || (node.Value.Carrier == row.Carrier && node.Value.Covers(row.Start, row.Start + row.Duration)))
                .Take(row.Nodes)
                .Select(node => (node.Key, Amounts: amounts.GetValueOrDefault(node.Key)))
                .Select(node => new Participant(node.Key, node.Amounts.Consumption, node.Amounts.Production))
                .OrderBy(participant => participant.Node),
        ];
    }

    private static string Name(IntervalRow row) => $"interval {row.Start} of {row.Carrier}";
}
