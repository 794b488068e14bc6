using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>The bounds of an interval's quantities.</summary>
internal static class QuantityRules
{
    /// <summary>Why the quantities cannot be allocated; null if they can, with their sums.</summary>
    public static string? Refusal(
        long start, int duration, ReadOnlySpan<long> consumption, ReadOnlySpan<long> production, int participants, out (long Consumption, long Production) totals)
    {
        totals = default;
        if (start is < 0 or > Reading.MaxStart || duration is < 1 or > AllocationBounds.MaxDuration)
        {
            return $"interval of {duration} s from {start}: out of bounds";
        }

        return consumption.Length != participants || production.Length != participants
            ? $"{consumption.Length} consumptions and {production.Length} productions for {participants} participants"
            : Refusal("consumption", consumption, out totals.Consumption) ?? Refusal("production", production, out totals.Production);
    }

    private static string? Refusal(string what, ReadOnlySpan<long> quantities, out long sum)
    {
        sum = 0;
        for (var i = 0; i < quantities.Length; i++)
        {
            if (quantities[i] is < 0 or > AllocationBounds.MaxQuantity)
            {
                return $"{what} of participant {i}: {quantities[i]} Wh is not in 0…2^48";
            }

            sum += quantities[i];
            if (sum > AllocationBounds.MaxTotal)
            {
                return $"{what}: the sum exceeds 2^62 Wh";
            }
        }

        return null;
    }
}
