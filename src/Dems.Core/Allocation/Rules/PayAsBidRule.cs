using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// Pay as bid: quantities by <see cref="OrderBook"/>; every buyer pays its bid, every seller receives its ask, and the spread Σ aᵢ·bidᵢ − Σ soldⱼ·askⱼ ≥ 0 goes to the
/// pool's account. It cannot be negative: the u-th watt-hour of the bids costs no less than the u-th of the asks.
/// Source: DESIGN §7 rule 7.
/// </summary>
internal sealed class PayAsBidRule(OrderBook book) : MatchingRule
{
    /// <inheritdoc/>
    public override void Match(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer, SelfSharing self, AllocationOutcome outcome, LargestRemainder remainders)
    {
        book.Match(demand, offer, self, outcome, remainders);
        var spread = Int128.Zero;
        for (var i = 0; i < demand.Length; i++)
        {
            spread += Math.BigMul(outcome.GivenValues[i], book.Bids[i] ?? 0) - Math.BigMul(outcome.PlacedValues[i], book.Asks[i] ?? 0);
            outcome.SetPrices(i, book.Bids[i], book.Asks[i]);
        }

        if (spread < 0)
        {
            throw new AllocationInvariantException($"buyers pay less than sellers receive: {spread}");
        }

        outcome.Auction = new AuctionOutcome(Price: null, Lower: null, Upper: null, spread);
    }
}
