using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>
/// The queue of both auctions. Bids descend, asks ascend; with bid(u) and ask(u) the limits of the u-th watt-hour of each queue, the volume V is the largest u with
/// ask(u) ≤ bid(u): no set of trades that everybody accepts is larger. Whoever is better than the last level is filled; the last level of each side shares what is left by
/// LR pro rata to quantities. Source: DESIGN §7 rules 6 and 7; P. R. Wurman, W. E. Walsh, M. P. Wellman, "Flexible double auctions for electronic
/// commerce" (1998), the M-th and (M+1)-st price.
/// </summary>
internal sealed class OrderBook
{
    private readonly long?[] _bids;
    private readonly long?[] _asks;
    private readonly int[] _buyers;
    private readonly int[] _sellers;
    private readonly long[] _level;
    private readonly long[] _part;

    /// <summary>Takes the limits of those who take part.</summary>
    public OrderBook(IEnumerable<LimitOrder> orders, NodeTable nodes)
    {
        _bids = new long?[nodes.Count];
        _asks = new long?[nodes.Count];
        foreach (var order in orders)
        {
            if (nodes.Find(order.Node) is var place and >= 0)
            {
                (_bids[place], _asks[place]) = (order.Bid, order.Ask);
            }
        }

        _buyers = [.. Enumerable.Range(0, nodes.Count).Where(i => _bids[i] is not null).OrderByDescending(i => _bids[i])];
        _sellers = [.. Enumerable.Range(0, nodes.Count).Where(i => _asks[i] is not null).OrderBy(i => _asks[i])];
        _level = new long[nodes.Count];
        _part = new long[nodes.Count];
    }

    /// <summary>What a participant pays at most; null if it does not buy.</summary>
    public ReadOnlySpan<long?> Bids => _bids;

    /// <summary>What a participant takes at least; null if it does not sell.</summary>
    public ReadOnlySpan<long?> Asks => _asks;

    /// <summary>Fills the orders and returns where the queues met.</summary>
    public Crossing Match(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer, SelfSharing self, AllocationOutcome outcome, LargestRemainder remainders)
    {
        var crossing = Cross(demand, offer);
        remainders.Trace?.Pool("V = max u with ask(u) ≤ bid(u)", $"last bid {crossing.LastBid}, last ask {crossing.LastAsk}", crossing.Volume);
        if (crossing.Volume > 0)
        {
            Fill("V of bids at the last level·Cᵢ/ΣC of them", _buyers, _bids, crossing.LastBid, descending: true, demand, crossing.Volume, outcome.GivenValues, remainders);
            Fill("V of asks at the last level·Pⱼ/ΣP of them", _sellers, _asks, crossing.LastAsk, descending: false, offer, crossing.Volume, outcome.PlacedValues, remainders);
            if (self == SelfSharing.Forbidden)
            {
                CancelOwnTrade(crossing.Volume, outcome, remainders);
            }
        }

        return crossing;
    }

    /// <summary>Walks both queues until a bid is below the ask it meets.</summary>
    private Crossing Cross(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer)
    {
        var crossing = default(Crossing);
        var (buyer, seller, bought, sold) = (0, 0, 0L, 0L);
        while (true)
        {
            for (; buyer < _buyers.Length && demand[_buyers[buyer]] == bought; buyer++)
            {
                bought = 0;
            }

            for (; seller < _sellers.Length && offer[_sellers[seller]] == sold; seller++)
            {
                sold = 0;
            }

            var bid = buyer < _buyers.Length ? _bids[_buyers[buyer]] : null;
            var ask = seller < _sellers.Length ? _asks[_sellers[seller]] : null;
            if (bid is null || ask is null || bid < ask)
            {
                return crossing with { FirstRejectedBid = bid, FirstRejectedAsk = ask };
            }

            var traded = Math.Min(demand[_buyers[buyer]] - bought, offer[_sellers[seller]] - sold);
            bought += traded;
            sold += traded;
            crossing = crossing with { Volume = crossing.Volume + traded, LastBid = bid.Value, LastAsk = ask.Value };
        }
    }

    private void Fill(
        string formula, int[] queue, long?[] limits, long last, bool descending, ReadOnlySpan<long> quantities, long volume, long[] filled, LargestRemainder remainders)
    {
        _level.AsSpan().Clear();
        foreach (var place in queue)
        {
            if (limits[place] == last)
            {
                _level[place] = quantities[place];
            }
            else if (descending ? limits[place] > last : limits[place] < last)
            {
                filled[place] = quantities[place];
                volume -= quantities[place];
            }
        }

        remainders.Share(formula, volume, _level, Math.Max(1, Totals.Of(_level)), _part);
        for (var i = 0; i < filled.Length; i++)
        {
            filled[i] += _part[i];
        }
    }

    /// <summary>
    /// What a node could have bought from itself only is no trade: with T traded, z = a + sold − T &gt; 0 for one node at most; it loses z on both sides, and then a matrix with an
    /// empty diagonal exists (<see cref="ForbiddenSelf"/>). Nobody else's trade, and no price, changes.
    /// </summary>
    private static void CancelOwnTrade(long volume, AllocationOutcome outcome, LargestRemainder remainders)
    {
        for (var i = 0; i < outcome.GivenValues.Length; i++)
        {
            var own = outcome.GivenValues[i] + outcome.PlacedValues[i] - volume;
            if (own > 0)
            {
                outcome.GivenValues[i] -= own;
                outcome.PlacedValues[i] -= own;
                remainders.Trace?.Node(i, "own trade a + sold − T, cancelled", $"T = {volume}", own);
                return;
            }
        }
    }
}
