using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation;

/// <summary>
/// What holds for every allocation of every rule, asserted on every interval (DESIGN §7): 0 ≤ aᵢ ≤ Cᵢ; 0 ≤ soldⱼ ≤ Pⱼ + dischargeⱼ − chargeⱼ; Σa = Σsold;
/// ΣP + discharge = Σa + charge + export; what is fed in on consumers' accounts is part of the export.
/// </summary>
internal static class AllocationInvariants
{
    /// <summary>Asserts, and states the totals of the outcome, whose supply and demand are already stated.</summary>
    public static void Assert(ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, AllocationOutcome outcome)
    {
        var (received, supplied) = outcome.HasOwn ? Complete(consumption, production, outcome) : Shared(consumption, production, outcome);
        if (received != supplied)
        {
            throw new AllocationInvariantException($"Σa = Σsold is broken: {received} and {supplied}");
        }

        outcome.Allocated = received;
        outcome.Export = outcome.Production + Totals.Of(outcome.Discharged) - Totals.Of(outcome.Charged) - received;
        var leftover = Totals.Of(outcome.Leftover);
        if (outcome.Export < 0 || leftover > outcome.Export)
        {
            throw new AllocationInvariantException($"export {outcome.Export} is negative, or less than the {leftover} of it that is the consumers'");
        }
    }

    private static (long Received, long Supplied) Shared(ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, AllocationOutcome outcome)
    {
        var given = outcome.Given[..consumption.Length];
        var placed = outcome.Placed[..consumption.Length];
        production = production[..consumption.Length];
        var (received, supplied) = (0L, 0L);
        for (var i = 0; i < consumption.Length; i++)
        {
            // As unsigned numbers, negative ones are too large.
            if (unchecked((ulong)given[i] > (ulong)consumption[i] || (ulong)placed[i] > (ulong)production[i]))
            {
                throw Broken(consumption, production, outcome, i);
            }

            received += given[i];
            supplied += placed[i];
        }

        return (received, supplied);
    }

    private static (long Received, long Supplied) Complete(ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, AllocationOutcome outcome)
    {
        var (received, supplied) = (0L, 0L);
        for (var i = 0; i < consumption.Length; i++)
        {
            var (given, placed, own) = (outcome.Given[i], outcome.Placed[i], outcome.Own[i]);
            var (charged, discharged) = (outcome.Charged[i], outcome.Discharged[i]);
            if (given < 0 || placed < 0 || own < 0 || charged < 0 || discharged < 0
                || own + given > consumption[i] || own + placed + charged > production[i] + discharged)
            {
                throw Broken(consumption, production, outcome, i);
            }

            received += own + given;
            supplied += own + placed;
        }

        return (received, supplied);
    }

    private static AllocationInvariantException Broken(ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, AllocationOutcome outcome, int i) => new(
        $"participant {i}: own {outcome.Own[i]} + given {outcome.Given[i]} of C {consumption[i]}; own + placed {outcome.Placed[i]} + charged {outcome.Charged[i]} "
        + $"of P {production[i]} + discharged {outcome.Discharged[i]}");
}
