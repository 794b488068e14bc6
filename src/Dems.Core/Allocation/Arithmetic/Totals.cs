namespace Dems.Core.Allocation.Arithmetic;

/// <summary>Sums, checked.</summary>
internal static class Totals
{
    public static long Of(ReadOnlySpan<long> values)
    {
        var sum = 0L;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
