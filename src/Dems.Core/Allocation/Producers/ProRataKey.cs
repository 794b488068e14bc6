using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Producers;

/// <summary>Pro rata: soldⱼ = LR of Σa·Pⱼ/ΣP. Since Σa ≤ ΣP, no quota exceeds its Pⱼ, and neither does a quota rounded up. Source: DESIGN §7.</summary>
internal sealed class ProRataKey : SupplierKey
{
    /// <inheritdoc/>
    public override void Place(long total, ReadOnlySpan<long> offer, Span<long> sold, LargestRemainder remainders)
    {
        var all = Totals.Of(offer);
        if (total == all)
        {
            offer.CopyTo(sold);
            return;
        }

        remainders.Share("Σa·Pⱼ/ΣP", total, offer, all, sold);
    }
}
