using Dems.Core.Energy;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>
/// Largest remainder (Hamilton's method): quotaᵢ = amount·wᵢ/divisor, total = ⌊amount·Σw/divisor⌋; everyone gets ⌊quotaᵢ⌋, and what is missing to the total goes,
/// one unit each, to the largest remainders; equal remainders in <see cref="TieOrder"/>. Then |partᵢ − quotaᵢ| &lt; 1, and whoever has no remainder gets no
/// unit: the missing units are the integer part of the sum of remainders, which is less than how many there are above zero.
/// Source: M. L. Balinski, H. P. Young, Fair Representation (1982), chapter 2, with ties made deterministic.
/// </summary>
internal sealed class LargestRemainder(NodeAddress[] addresses, RemainderSpace space)
{
    private TieWords? _words;

    /// <summary>The order that breaks ties.</summary>
    public TieOrder Ties => space.Ties;

    /// <summary>Writes down every sharing; null when nobody asked.</summary>
    public AllocationTrace? Trace => space.Trace;

    /// <summary>The same order and space for other addresses, at most as many.</summary>
    public LargestRemainder Over(NodeAddress[] others) => new(others, space);

    /// <summary>Space for the parts of one sharing, good until the next caller asks for it.</summary>
    public Span<long> Scratch(int length) => space.Parts.AsSpan(0, length);

    /// <summary>Shares ⌊amount·Σw/divisor⌋ and returns it.</summary>
    /// <param name="formula">The quota in the symbols of docs/allocation.md, for explanations.</param>
    /// <param name="amount">0…2⁶².</param>
    /// <param name="weights">≥ 0, in the order of the addresses; Σ ≤ 2⁶².</param>
    /// <param name="divisor">1…2⁶²; no quota may exceed 2⁶².</param>
    /// <param name="parts">Overwritten.</param>
    public long Share(string formula, long amount, ReadOnlySpan<long> weights, long divisor, Span<long> parts)
    {
        var total = Share(amount, weights, divisor, parts);
        space.Trace?.Quotas(addresses, formula, amount, weights, divisor, total, parts);
        return total;
    }

    private long Share(long amount, ReadOnlySpan<long> weights, long divisor, Span<long> parts)
    {
        var (sum, max) = SumAndMax(weights);
        if (amount == 0 || sum == 0)
        {
            parts.Clear();
            return 0;
        }

        var total = (long)((UInt128)(ulong)amount * (ulong)sum / (ulong)divisor);
        if (Math.BigMul((ulong)amount, (ulong)max, out _) != 0)
        {
            WideRemainders.Share(amount, weights, divisor, total, parts, this);
            return total;
        }

        var missing = (int)(total - Floors((ulong)amount, weights, (ulong)divisor, parts));
        if (missing > 0)
        {
            var (threshold, equal) = space.Selection.Largest(space.Remainders.AsSpan(0, weights.Length), missing, (ulong)divisor);
            RaiseAbove(threshold, equal, parts);
        }

        return total;
    }

    /// <summary>Adds one unit to the first <paramref name="wanted"/> of some places in the tie order.</summary>
    public void RaiseFirst(ReadOnlySpan<int> tied, int wanted, Span<long> parts)
    {
        if (wanted == 0)
        {
            return;
        }

        if (wanted == tied.Length)
        {
            foreach (var i in tied)
            {
                parts[i]++;
            }

            return;
        }

        _words ??= new TieWords(addresses, space.Ties);
        var words = space.TieWords.AsSpan(0, tied.Length);
        _words.Of(tied, words);
        for (var i = 0; i < words.Length; i++)
        {
            // Turned around, so that the first in the order are the largest.
            words[i] = ~words[i];
        }

        var (threshold, equal) = space.Selection.Largest(words, wanted, ulong.MaxValue);
        List<int> last = [];
        for (var i = 0; i < words.Length; i++)
        {
            parts[tied[i]] += words[i] > threshold ? 1 : 0;
            if (words[i] == threshold)
            {
                last.Add(tied[i]);
            }
        }

        foreach (var place in last.Count == equal ? last : [.. last.OrderBy(i => space.Ties.KeyOf(addresses[i])).Take(equal)])
        {
            parts[place]++;
        }
    }

    private static (long Sum, long Max) SumAndMax(ReadOnlySpan<long> weights)
    {
        var (sum, max) = (0L, 0L);
        foreach (var weight in weights)
        {
            sum += weight;
            max = Math.Max(max, weight);
        }

        return (sum, max);
    }

    /// <summary>
    /// Floors and remainders by multiplying with the divisor's reciprocal: with m = ⌊(2⁶⁴ − 1)/d⌋, ⌊x·m/2⁶⁴⌋ is ⌊x/d⌋ or one less for every x below 2⁶⁴, since before they
    /// are floored the two differ by x·(2⁶⁴/d − m)/2⁶⁴ &lt; 1; the remainder tells which.
    /// </summary>
    private long Floors(ulong amount, ReadOnlySpan<long> weights, ulong divisor, Span<long> parts)
    {
        var remainders = space.Remainders.AsSpan(0, weights.Length);
        parts = parts[..weights.Length];
        var reciprocal = ulong.MaxValue / divisor;
        var placed = 0UL;
        for (var i = 0; i < weights.Length; i++)
        {
            unchecked
            {
                var product = amount * (ulong)weights[i];
                var quotient = Math.BigMul(product, reciprocal, out _);
                var remainder = product - quotient * divisor;
                var one = remainder >= divisor ? 1UL : 0;
                quotient += one;
                remainders[i] = remainder - (divisor & (0 - one));
                parts[i] = (long)quotient;

                // No sum exceeds 2⁶²: the quotients sum to amount·Σw/divisor at most.
                placed += quotient;
            }
        }

        return (long)placed;
    }

    private void RaiseAbove(ulong threshold, int equal, Span<long> parts)
    {
        var tied = 0;
        var places = space.Tied;
        var remainders = space.Remainders.AsSpan(0, parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            // Without a branch: whether a remainder is above is a toss of a coin.
            parts[i] += remainders[i] > threshold ? 1 : 0;
            if (remainders[i] == threshold)
            {
                places[tied++] = i;
            }
        }

        RaiseFirst(places.AsSpan(0, tied), equal, parts);
    }
}
