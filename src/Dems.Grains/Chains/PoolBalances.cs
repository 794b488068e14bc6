using Dems.Contracts.Queries;
using Dems.Core.Energy;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Grains.Chains;

/// <summary>Adds up the intervals that a state holds.</summary>
internal static class PoolBalances
{
    public static PoolBalance Of(AllocationState state)
    {
        var balance = new PoolBalance(0, 0, 0, 0, IsConserved: true);
        foreach (var carrier in Enum.GetValues<Carrier>())
        {
            foreach (var interval in state.DaysOf(carrier).SelectMany(day => state.OnDay(carrier, day)).Where(interval => interval.IsAllocated))
            {
                var totals = interval.Totals;
                balance = new PoolBalance(
                    balance.Intervals + 1,
                    balance.Allocated + totals.Allocated,
                    balance.Exported + totals.Export,
                    balance.Grid + totals.Grid,
                    balance.IsConserved && totals.Allocated == totals.Sold && interval.Amounts.All(node => node.Value is { Grid: >= 0, Export: >= 0 }));
            }
        }

        return balance;
    }
}
