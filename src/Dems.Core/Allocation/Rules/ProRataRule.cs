using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Pro rata: aᵢ = LR of P·Cᵢ/ΣC if P &lt; ΣC, otherwise aᵢ = Cᵢ. France's dynamic key "by default" and Austria's dynamic model.
/// Source: DESIGN §7 rule 2; Code de l'énergie D. 315-6; ElWOG 2010 § 16a and § 16e.
/// </summary>
internal sealed class ProRataRule : ConsumerRule
{
    /// <inheritdoc/>
    public override void Serve(long supply, ReadOnlySpan<long> demand, Span<long> given, Span<long> leftover, LargestRemainder remainders)
    {
        leftover.Clear();
        var total = Totals.Of(demand);
        if (supply >= total)
        {
            demand.CopyTo(given);
            remainders.Trace?.Enough(supply, demand);
            return;
        }

        remainders.Share("P·Cᵢ/ΣC", supply, demand, total, given);
    }
}
