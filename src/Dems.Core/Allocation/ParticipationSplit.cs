using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>
/// Participation factors f_k in 10⁻⁶, Σ ≤ 10⁶, scale a node's C and P before each pool allocates: Q_k = LR over the pools of Q·f_k/10⁶ to ⌊Q·Σf/10⁶⌋, so that the parts sum to
/// what the factors give together, and never to more than Q. What they leave takes part nowhere. Ties go to the pool whose SHA-256(pool ‖ interval ‖ address) is lower.
/// Source: DESIGN §7; ElWOG 2010 § 16d and Sonstige Marktregeln Strom (participation factor, Austria, since 2024).
/// </summary>
public static class ParticipationSplit
{
    /// <summary>Most pools of one node and carrier.</summary>
    public const int MaxPools = 64;

    /// <summary>The parts in the order of the pools; false with a reason if factors, pools or quantity break a bound.</summary>
    /// <param name="node">Whose quantity.</param>
    /// <param name="start">Start of the interval, as in <see cref="AllocationInterval"/>.</param>
    /// <param name="duration">Its length in seconds.</param>
    /// <param name="quantity">0…<see cref="AllocationBounds.MaxQuantity"/> Wh.</param>
    /// <param name="participations">Strictly ascending by pool.</param>
    public static bool TrySplit(
        NodeAddress node, long start, int duration, long quantity, IReadOnlyList<Participation> participations, out IReadOnlyList<long> parts, out string error)
    {
        parts = [];
        error = Refusal(quantity, participations) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        var split = new long[participations.Count];
        var left = (long)((Int128)quantity * participations.Sum(p => (long)p.PartsPerMillion) / AllocationBounds.Million);
        var order = new List<(long Remainder, Hash32 Tie, int Pool)>();
        for (var k = 0; k < split.Length; k++)
        {
            var (quotient, remainder) = Int128.DivRem((Int128)quantity * participations[k].PartsPerMillion, AllocationBounds.Million);
            split[k] = (long)quotient;
            left -= split[k];
            var ties = new TieOrder(new AllocationInterval(participations[k].Pool, Carrier.Electricity, start, duration));
            order.Add(((long)remainder, ties.KeyOf(node), k));
        }

        foreach (var (_, _, pool) in order.OrderByDescending(o => o.Remainder).ThenBy(o => o.Tie).Take((int)left))
        {
            split[pool]++;
        }

        parts = split;
        return true;
    }

    private static string? Refusal(long quantity, IReadOnlyList<Participation> participations)
    {
        if (quantity is < 0 or > AllocationBounds.MaxQuantity)
        {
            return $"quantity: {quantity} Wh is not in 0…2^48";
        }

        if (participations.Count > MaxPools)
        {
            return $"participations: {participations.Count}, at most {MaxPools} are allowed";
        }

        for (var k = 0; k < participations.Count; k++)
        {
            if (participations[k].PartsPerMillion is < 0 or > AllocationBounds.Million)
            {
                return $"participations: {participations[k].PartsPerMillion} is not in 0…{AllocationBounds.Million}";
            }

            if (k > 0 && participations[k - 1].Pool.CompareTo(participations[k].Pool) >= 0)
            {
                return "participations: pools must be strictly ascending";
            }
        }

        var sum = participations.Sum(p => (long)p.PartsPerMillion);
        return sum > AllocationBounds.Million ? $"participations: they sum to {sum}, more than {AllocationBounds.Million}" : null;
    }
}
