using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// self = forbidden, in two cuts. Nobody can receive more than the others produce: Cᵢ becomes min(Cᵢ, P − Pᵢ) before the rule is applied. Nobody can supply more
/// than the others receive: with T = Σa, Pⱼ becomes min(Pⱼ, T − aⱼ) before the producer key is applied.
/// <para>Why that is enough. A matrix with these margins and an empty diagonal exists if and only if aᵢ + soldᵢ ≤ T for every i (Gale's and Hoffman's theorem for
/// transportation with one forbidden entry per row: only single nodes can be a bottleneck), and the second cut says just that. It always leaves T: if some d has
/// Pd &gt; T − ad, either another e is cut too, and then (T − ad) + (T − ae) ≥ T; or nobody else is, and T − ad + (P − Pd) ≥ T by the first cut. With a rule
/// that leaves nothing unserved, T is the largest flow there is: min(P, ΣC, minᵢ(P − Pᵢ + ΣC − Cᵢ)).</para>
/// </summary>
internal static class ForbiddenSelf
{
    /// <summary>Cuts the demand to what the others offer.</summary>
    public static void CapDemand(long supply, ReadOnlySpan<long> offer, Span<long> demand, AllocationTrace? trace)
    {
        for (var i = 0; i < demand.Length; i++)
        {
            if (demand[i] > supply - offer[i])
            {
                trace?.Node(i, "C cut to P − Pᵢ", $"{demand[i]} to {supply} − {offer[i]}", supply - offer[i]);
                demand[i] = supply - offer[i];
            }
        }
    }

    /// <summary>Writes the offers cut to what the others receive.</summary>
    public static void CapOffer(long total, ReadOnlySpan<long> given, ReadOnlySpan<long> offer, Span<long> capped, AllocationTrace? trace)
    {
        for (var j = 0; j < capped.Length; j++)
        {
            capped[j] = Math.Min(offer[j], total - given[j]);
            if (capped[j] < offer[j])
            {
                trace?.Node(j, "P cut to T − aⱼ", $"{offer[j]} to {total} − {given[j]}", capped[j]);
            }
        }
    }
}
