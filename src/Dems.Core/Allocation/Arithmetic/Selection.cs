using System.Numerics;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>Finds the k-th largest of many keys in linear time whatever the keys are: a radix selection that looks at ten bits at a time and forgets the other buckets.</summary>
internal sealed class Selection
{
    private const int DigitBits = 10;

    private readonly int[] _histogram = new int[1 << DigitBits];
    private ulong[] _left = [];

    /// <summary>The <paramref name="wanted"/>-th largest key, and how many of the keys equal to it belong to the <paramref name="wanted"/> largest.</summary>
    /// <param name="keys">At least <paramref name="wanted"/>.</param>
    /// <param name="wanted">At least 1.</param>
    /// <param name="bound">No key is larger.</param>
    public (ulong Threshold, int Equal) Largest(ReadOnlySpan<ulong> keys, int wanted, ulong bound)
    {
        if (_left.Length < keys.Length)
        {
            _left = new ulong[keys.Length];
        }

        var candidates = keys;
        var bits = 64 - BitOperations.LeadingZeroCount(bound);
        var prefix = 0UL;
        while (bits > 0)
        {
            var shift = Math.Max(0, bits - DigitBits);
            var digit = Digit(candidates, shift, (1 << (bits - shift)) - 1, ref wanted);
            prefix |= (ulong)digit << shift;
            candidates = Keep(candidates, shift, prefix >> shift);
            bits = shift;
        }

        return (prefix, wanted);
    }

    /// <summary>The digit in which the wanted key lies; <paramref name="wanted"/> becomes its rank inside that bucket.</summary>
    private int Digit(ReadOnlySpan<ulong> candidates, int shift, int mask, ref int wanted)
    {
        var histogram = _histogram.AsSpan(0, mask + 1);
        histogram.Clear();
        foreach (var key in candidates)
        {
            histogram[(int)((key >> shift) & (ulong)mask)]++;
        }

        var digit = mask;
        while (histogram[digit] < wanted)
        {
            wanted -= histogram[digit--];
        }

        return digit;
    }

    /// <summary>Copies the keys of one bucket to the front; in place from the second time on.</summary>
    private ReadOnlySpan<ulong> Keep(ReadOnlySpan<ulong> candidates, int shift, ulong prefix)
    {
        var kept = 0;
        foreach (var key in candidates)
        {
            if (key >> shift == prefix)
            {
                _left[kept++] = key;
            }
        }

        return _left.AsSpan(0, kept);
    }
}
