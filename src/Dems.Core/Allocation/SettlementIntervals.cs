using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>
/// Sums metered intervals to a policy's settlement interval before anything is allocated: C_i of the hour is ΣC_i of its quarter-hours, and likewise P_i. Summing first shares more
/// than summing afterwards, since production of one quarter-hour then serves the consumption of another (Italy: the lower of injected and withdrawn energy of an hour).
/// Source: DESIGN §7, settlementInterval.
/// </summary>
public static class SettlementIntervals
{
    /// <summary>One input per settlement interval; the metered ones unchanged if the policy sets none. False with a reason if they do not tile it.</summary>
    /// <param name="metered">
    /// Ascending, adjacent, of equal duration and one policy, pool and carrier, without parameters or storage (those belong to the settlement interval: set them on the results).
    /// The first one starts a settlement interval.
    /// </param>
    public static bool TryAggregate(IReadOnlyList<AllocationInput> metered, out IReadOnlyList<AllocationInput> settled, out string error)
    {
        settled = [];
        error = metered.Count == 0 ? "" : Refusal(metered) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        if (metered.Count == 0 || metered[0].Policy.SettlementInterval == 0)
        {
            settled = metered;
            return true;
        }

        var length = metered[0].Policy.SettlementInterval;
        var sums = metered.Chunk(length / metered[0].Interval.Duration).Select(group => Sum(group, length)).ToList();
        if (sums.SelectMany(sum => sum.Participants).FirstOrDefault(Exceeds) is { Node.IsNone: false } large)
        {
            error = $"{large.Node} exceeds 2^48 Wh in one settlement interval";
            return false;
        }

        settled = sums;
        return true;
    }

    private static bool Exceeds(Participant participant) =>
        participant.Consumption > AllocationBounds.MaxQuantity || participant.Production > AllocationBounds.MaxQuantity;

    private static string? Refusal(IReadOnlyList<AllocationInput> metered)
    {
        var first = metered[0];
        var length = first.Policy.SettlementInterval;
        var step = first.Interval.Duration;
        for (var i = 0; i < metered.Count; i++)
        {
            if (metered[i].Interval != first.Interval with { Start = first.Interval.Start + (long)i * step } || metered[i].Policy != first.Policy)
            {
                return $"interval {i}: not adjacent to the one before, or of another pool, carrier, duration or policy";
            }

            if (length > 0 && (metered[i].Parameters is not null || metered[i].Storage.Count > 0))
            {
                return $"interval {i}: parameters and storage belong to the settlement interval";
            }
        }

        return length > 0 && (length % step != 0 || metered.Count % (length / step) != 0)
            ? $"{metered.Count} intervals of {step} s do not fill settlement intervals of {length} s"
            : null;
    }

    private static AllocationInput Sum(AllocationInput[] group, int length)
    {
        var sums = new SortedDictionary<NodeAddress, Participant>();
        foreach (var participant in group.SelectMany(input => input.Participants))
        {
            sums.TryGetValue(participant.Node, out var sum);
            sums[participant.Node] = new Participant(participant.Node, sum.Consumption + participant.Consumption, sum.Production + participant.Production);
        }

        return group[0] with { Interval = group[0].Interval with { Duration = length }, Participants = [.. sums.Values] };
    }
}
