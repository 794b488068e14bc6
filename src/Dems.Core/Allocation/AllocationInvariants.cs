using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation;

/// <summary>
/// What holds for every allocation of every rule, asserted on every interval (DESIGN §7): 0 ≤ aᵢ ≤ Cᵢ; 0 ≤ soldⱼ ≤ Pⱼ + dischargeⱼ − chargeⱼ; Σa = Σsold;
/// ΣP + discharge = Σa + charge + export; what is fed in on consumers' accounts is part of the export.
/// </summary>
internal static class AllocationInvariants
{
    public static void Assert(ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, AllocationOutcome outcome)
    {
        var given = outcome.Given;
        var placed = outcome.Placed;
        var own = outcome.Own;
        var charged = outcome.Charged;
        var discharged = outcome.Discharged;
        var (totalGiven, totalPlaced, charge, discharge) = (0L, 0L, 0L, 0L);
        for (var i = 0; i < given.Length; i++)
        {
            if (given[i] < 0 || own[i] < 0 || given[i] + own[i] > consumption[i])
            {
                throw new AllocationInvariantException($"0 ≤ a ≤ C is broken for participant {i}: {own[i]} + {given[i]}, C = {consumption[i]}");
            }

            if (placed[i] < 0 || charged[i] < 0 || discharged[i] < 0 || own[i] + placed[i] + charged[i] > production[i] + discharged[i])
            {
                throw new AllocationInvariantException(
                    $"sold + charge ≤ P + discharge is broken for participant {i}: {own[i]} + {placed[i]} + {charged[i]}, P = {production[i]}, discharge {discharged[i]}");
            }

            totalGiven += given[i] + own[i];
            totalPlaced += placed[i] + own[i];
            charge += charged[i];
            discharge += discharged[i];
        }

        if (totalGiven != totalPlaced || totalGiven != outcome.Allocated)
        {
            throw new AllocationInvariantException($"Σa = Σsold is broken: {totalGiven} and {totalPlaced}, stated {outcome.Allocated}");
        }

        if (outcome.Production + discharge != outcome.Allocated + charge + outcome.Export || outcome.Export < 0)
        {
            throw new AllocationInvariantException(
                $"ΣP + discharge = Σa + charge + export is broken: {outcome.Production} + {discharge}, {outcome.Allocated} + {charge} + {outcome.Export}");
        }

        if (Totals.Of(outcome.Leftover) > outcome.Export)
        {
            throw new AllocationInvariantException($"the consumers' leftover {Totals.Of(outcome.Leftover)} exceeds the export {outcome.Export}");
        }
    }
}
