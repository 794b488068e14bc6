namespace Dems.Core.Allocation.Arithmetic;

/// <summary><see cref="LargestRemainder"/> for products beyond 64 bits: the same definition with 128-bit products, sorted instead of selected.</summary>
internal static class WideRemainders
{
    public static void Share(long amount, ReadOnlySpan<long> weights, long divisor, long total, Span<long> parts, LargestRemainder ties)
    {
        var places = new int[weights.Length];
        var remainders = new ulong[weights.Length];
        var missing = total;
        for (var i = 0; i < weights.Length; i++)
        {
            var (quotient, remainder) = UInt128.DivRem((UInt128)(ulong)amount * (ulong)weights[i], (ulong)divisor);
            parts[i] = (long)quotient;
            missing -= parts[i];
            places[i] = i;

            // Turned around, so that the largest are sorted to the front.
            remainders[i] = ~(ulong)remainder;
        }

        if (missing == 0)
        {
            return;
        }

        Array.Sort(remainders, places);
        var threshold = remainders[(int)missing - 1];
        var above = remainders.AsSpan().IndexOf(threshold);
        var end = remainders.AsSpan().LastIndexOf(threshold) + 1;
        foreach (var place in places.AsSpan(0, above))
        {
            parts[place]++;
        }

        ties.RaiseFirst(places.AsSpan(above, end - above), (int)missing - above, parts);
    }
}
