using Dems.Core.Energy;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>
/// Fills the matrix between two margins: consumers draw in tie order, each LR of aᵢ·restⱼ/Σrest over what is left of the producers' sold amounts. Since aᵢ ≤ Σrest, nobody
/// is drawn below 0, and the last consumer takes exactly what is left.
/// <para>With self = forbidden, i does not draw on itself, and those who draw later must not be left with their own production only: with T' = Σrest − aᵢ, i draws at
/// least ℓⱼ = max(0, aⱼ + restⱼ − T') on every other j (aⱼ of those who have drawn is 0), and LR of (aᵢ − Σℓ)·(restⱼ − ℓⱼ)/Σ(rest − ℓ) besides. That keeps
/// aⱼ + restⱼ ≤ T' for all, which is when a filling exists (<see cref="Rules.ForbiddenSelf"/>).</para>
/// Costs consumers × producers, so it is done on demand. Source: DESIGN §7, "Result".
/// </summary>
internal sealed class MatrixFiller
{
    private readonly int[] _producers;
    private readonly long[] _rest;
    private readonly long[] _atLeast;
    private readonly long[] _weights;
    private readonly long[] _parts;
    private readonly LargestRemainder _remainders;
    private readonly long[] _waiting;

    private MatrixFiller(NodeAddress[] addresses, AllocationInterval interval, ReadOnlySpan<long> given, ReadOnlySpan<long> placed)
    {
        _waiting = given.ToArray();
        _producers = PlacesAbove(placed);
        _rest = new long[_producers.Length];
        for (var k = 0; k < _rest.Length; k++)
        {
            _rest[k] = placed[_producers[k]];
        }

        _atLeast = new long[_rest.Length];
        _weights = new long[_rest.Length];
        _parts = new long[_rest.Length];
        _remainders = new LargestRemainder([.. _producers.Select(j => addresses[j])], new RemainderSpace(interval, _producers.Length));
    }

    /// <summary>Entries above 0, in the order in which they were drawn.</summary>
    public static IEnumerable<(int Producer, int Consumer, long Quantity)> Fill(
        NodeAddress[] addresses, AllocationInterval interval, ReadOnlySpan<long> given, ReadOnlySpan<long> placed, bool selfForbidden)
    {
        var filler = new MatrixFiller(addresses, interval, given, placed);
        var order = filler._remainders.Ties.Sorted(addresses, PlacesAbove(given));
        return filler.Draw(order, Totals.Of(given), selfForbidden);
    }

    private IEnumerable<(int Producer, int Consumer, long Quantity)> Draw(int[] order, long total, bool selfForbidden)
    {
        foreach (var consumer in order)
        {
            var wanted = _waiting[consumer];
            total -= wanted;
            _waiting[consumer] = 0;
            Bound(consumer, total, selfForbidden);
            _remainders.Share("aᵢ·restⱼ/Σrest", wanted - Totals.Of(_atLeast), _weights, Math.Max(1, Totals.Of(_weights)), _parts);
            for (var k = 0; k < _rest.Length; k++)
            {
                var drawn = _atLeast[k] + _parts[k];
                _rest[k] -= drawn;
                if (drawn > 0)
                {
                    yield return (_producers[k], consumer, drawn);
                }
            }
        }

        if (_rest.Any(rest => rest != 0))
        {
            throw new AllocationInvariantException("the matrix does not place what was sold");
        }
    }

    /// <summary>What the consumer must draw on each producer, and by what weights it draws the rest.</summary>
    private void Bound(int consumer, long afterwards, bool selfForbidden)
    {
        if (!selfForbidden)
        {
            _rest.CopyTo(_weights, 0);
            return;
        }

        for (var k = 0; k < _rest.Length; k++)
        {
            var own = _producers[k] == consumer;
            _atLeast[k] = own ? 0 : Math.Max(0, _waiting[_producers[k]] + _rest[k] - afterwards);
            _weights[k] = own ? 0 : _rest[k] - _atLeast[k];
        }
    }

    private static int[] PlacesAbove(ReadOnlySpan<long> values)
    {
        var places = new List<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] > 0)
            {
                places.Add(i);
            }
        }

        return [.. places];
    }
}
