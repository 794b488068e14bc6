using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Equal with caps (weighted max-min): aᵢ = min(wᵢ·λ, Cᵢ) with the level λ at which Σaᵢ = min(P, Σ_{w&gt;0} Cᵢ). The level is a rational number R/W: what is left over by
/// the saturated, per weight of the others; LR among those. A node of weight 0 gets nothing.
/// Found by passes: everyone whose Cᵢ ≤ wᵢ·R/W is saturated and leaves; that only raises R/W, so nobody comes back, and when nobody leaves the level is final. Every
/// pass halves the rise of the level or cuts the rest by a third, so there are few.
/// Source: DESIGN §7 rule 3; D. Bertsekas, R. Gallager, Data Networks, 2nd ed., §6.5.2; "constrained equal awards" of the bankruptcy literature.
/// </summary>
internal sealed class EqualWithCapsRule : ConsumerRule
{
    private readonly long[] _weights;
    private readonly long[] _left;

    /// <summary>Takes the weights of the participants, 0…<see cref="AllocationBounds.MaxWeight"/> each.</summary>
    public EqualWithCapsRule(long[] weights)
    {
        _weights = weights;
        _left = new long[weights.Length];
    }

    /// <inheritdoc/>
    public override void Serve(long supply, ReadOnlySpan<long> demand, Span<long> given, Span<long> leftover, LargestRemainder remainders)
    {
        leftover.Clear();
        given.Clear();
        _weights.CopyTo(_left, 0);
        var (rest, weight) = (supply, Totals.Of(_left));
        while (weight > 0 && Saturate(demand, given, ref rest, ref weight))
        {
            remainders.Trace?.Pool("λ = R/W of the unsaturated", weight > 0 ? $"{rest}/{weight}" : "all saturated", weight > 0 ? rest / weight : 0);
        }

        if (weight > 0)
        {
            ShareRest(rest, weight, given, remainders);
        }
    }

    /// <summary>One pass: whoever is at or below the level leaves. False if nobody does.</summary>
    private bool Saturate(ReadOnlySpan<long> demand, Span<long> given, ref long rest, ref long weight)
    {
        var before = weight;
        var (level, levelWeight) = (rest, weight);

        // ⌊w·R/W⌋ ≥ C if and only if w·R/W ≥ C; most weights are equal, and then one quotient serves them all.
        var (knownWeight, knownPart) = (0L, 0L);
        for (var i = 0; i < _left.Length; i++)
        {
            if (_left[i] == 0)
            {
                continue;
            }

            if (_left[i] != knownWeight)
            {
                knownWeight = _left[i];
                knownPart = (long)(Math.BigMul(level, knownWeight) / levelWeight);
            }

            if (demand[i] <= knownPart)
            {
                given[i] = demand[i];
                rest -= demand[i];
                weight -= _left[i];
                _left[i] = 0;
            }
        }

        return weight < before;
    }

    private void ShareRest(long rest, long weight, Span<long> given, LargestRemainder remainders)
    {
        var parts = remainders.Scratch(given.Length);
        remainders.Share("wᵢ·λ", rest, _left, weight, parts);
        for (var i = 0; i < given.Length; i++)
        {
            given[i] += parts[i];
        }
    }
}
