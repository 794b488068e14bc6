using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Producers;

/// <summary>
/// Priority: group k places min(what is left, ΣP of the group), inside pro rata; whoever no group names forms the last one. Source: DESIGN §7; sharing
/// groups of Luxembourg (law of 1 August 2007, articles 8ter and 8quater).
/// </summary>
internal sealed class PriorityKey : SupplierKey
{
    private readonly int[] _tierOf;
    private readonly int _tiers;
    private readonly long[] _offer;
    private readonly long[] _part;
    private readonly ProRataKey _inner = new();

    /// <summary>Takes the group of each participant, 0…<paramref name="tiers"/> − 1.</summary>
    public PriorityKey(int[] tierOf, int tiers)
    {
        _tierOf = tierOf;
        _tiers = tiers;
        _offer = new long[tierOf.Length];
        _part = new long[tierOf.Length];
    }

    /// <inheritdoc/>
    public override void Place(long total, ReadOnlySpan<long> offer, Span<long> sold, LargestRemainder remainders)
    {
        sold.Clear();
        for (var tier = 0; tier < _tiers && total > 0; tier++)
        {
            for (var i = 0; i < _offer.Length; i++)
            {
                _offer[i] = _tierOf[i] == tier ? offer[i] : 0;
            }

            var placed = Math.Min(total, Totals.Of(_offer));
            _inner.Place(placed, _offer, _part, remainders);
            for (var i = 0; i < sold.Length; i++)
            {
                sold[i] += _part[i];
            }

            total -= placed;
        }
    }
}
