using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Uniform price auction: quantities by <see cref="OrderBook"/>, one price for all. It lies between lo = max(last ask, first rejected bid) and
/// hi = min(last bid, first rejected ask), absent terms omitted: e = lo + k(hi − lo), then the nearest multiple of the tick inside [lo, hi], halves down; ⌊e⌋ if no
/// multiple lies inside. Without a trade there is no price.
/// Source: DESIGN §7 rule 6; M. A. Satterthwaite, S. R. Williams, "Bilateral trade with the sealed bid k-double auction" (1989), for k.
/// </summary>
internal sealed class UniformPriceRule(OrderBook book, int kPpm, long tick) : MatchingRule
{
    /// <inheritdoc/>
    public override void Match(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer, SelfSharing self, AllocationOutcome outcome, LargestRemainder remainders)
    {
        var crossing = book.Match(demand, offer, self, outcome, remainders);
        if (crossing.Volume == 0)
        {
            outcome.Auction = new AuctionOutcome(Price: null, Lower: null, Upper: null, Spread: 0);
            return;
        }

        var price = Price(crossing.Lower, crossing.Upper);
        remainders.Trace?.Pool("p = lo + k(hi − lo), to the tick", $"lo {crossing.Lower}, hi {crossing.Upper}, k {kPpm}/10⁶, tick {tick}; 10⁻⁶ currency per kWh", price);
        outcome.Auction = new AuctionOutcome(price, crossing.Lower, crossing.Upper, Spread: 0);
        for (var i = 0; i < demand.Length; i++)
        {
            if ((outcome.GivenValues[i] > 0 && book.Bids[i] < price) || (outcome.PlacedValues[i] > 0 && book.Asks[i] > price))
            {
                throw new AllocationInvariantException($"participant {i} trades at {price}, beyond its limit");
            }

            outcome.SetPrices(i, price, price);
        }
    }

    private long Price(long lower, long upper)
    {
        var scaled = Math.BigMul(lower, (long)AllocationBounds.Million) + Math.BigMul(upper - lower, (long)kPpm);
        var step = Math.BigMul(tick, (long)AllocationBounds.Million);
        var first = Whole.Ceiling(lower, tick);
        var last = Whole.Floor(upper, tick);
        return first > last
            ? (long)Whole.Floor(scaled, AllocationBounds.Million)
            : (long)(Int128.Clamp(Whole.Ceiling(2 * scaled - step, 2 * step), first, last) * tick);
    }
}
