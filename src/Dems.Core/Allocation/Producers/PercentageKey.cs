using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Allocation.Rules;

namespace Dems.Core.Allocation.Producers;

/// <summary>
/// Percentages: soldⱼ = min(sⱼ·λ, Pⱼ) with the level λ at which Σsold = min(Σa, ΣP of those with a share): each by its percentage, and what one cannot supply by the
/// percentages of the others. What all of them together cannot supply is placed on the rest, pro rata. Source: DESIGN §7; Luxembourg's percentage key.
/// </summary>
internal sealed class PercentageKey : SupplierKey
{
    private readonly long[] _shares;
    private readonly EqualWithCapsRule _level;
    private readonly ProRataKey _others = new();
    private readonly long[] _rest;
    private readonly long[] _part;

    /// <summary>Takes the shares of the participants in 10⁻⁶.</summary>
    public PercentageKey(long[] shares)
    {
        _shares = shares;
        _level = new EqualWithCapsRule(shares);
        _rest = new long[shares.Length];
        _part = new long[shares.Length];
    }

    /// <inheritdoc/>
    public override void Place(long total, ReadOnlySpan<long> offer, Span<long> sold, LargestRemainder remainders)
    {
        _level.Serve(total, offer, sold, _rest, remainders);
        var left = total - Totals.Of(sold);
        if (left == 0)
        {
            return;
        }

        for (var i = 0; i < _rest.Length; i++)
        {
            _rest[i] = _shares[i] == 0 ? offer[i] : 0;
        }

        _others.Place(left, _rest, _part, remainders);
        for (var i = 0; i < _rest.Length; i++)
        {
            sold[i] += _part[i];
        }
    }
}
