using System.Numerics;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation.Reference;

/// <summary>Rules 6 and 7 watt-hour by watt-hour: every order is written out as so many units.</summary>
internal sealed class SlowAuction(Hamilton hamilton, NodeAddress[] nodes, IReadOnlyList<LimitOrder> orders, BigInteger[] demand, BigInteger[] offer)
{
    public (BigInteger[] Given, BigInteger[] Sold, long? Lower, long? Upper) Match(bool selfForbidden)
    {
        var bids = nodes.Select(n => orders.FirstOrDefault(o => o.Node == n).Bid).ToArray();
        var asks = nodes.Select(n => orders.FirstOrDefault(o => o.Node == n).Ask).ToArray();
        var bidUnits = Units(bids, demand).OrderDescending().ToArray();
        var askUnits = Units(asks, offer).Order().ToArray();
        var volume = 0;
        while (volume < bidUnits.Length && volume < askUnits.Length && askUnits[volume] <= bidUnits[volume])
        {
            volume++;
        }

        if (volume == 0)
        {
            return (new BigInteger[nodes.Length], new BigInteger[nodes.Length], null, null);
        }

        long[] lows = [askUnits[volume - 1], .. bidUnits.Skip(volume).Take(1)];
        long[] highs = [bidUnits[volume - 1], .. askUnits.Skip(volume).Take(1)];
        var given = Fill(bids, demand, bidUnits[volume - 1], volume, descending: true);
        var sold = Fill(asks, offer, askUnits[volume - 1], volume, descending: false);
        if (selfForbidden)
        {
            var own = given.Zip(sold, (a, s) => BigInteger.Max(0, a + s - volume)).ToArray();
            (given, sold) = ([.. given.Zip(own, (a, z) => a - z)], [.. sold.Zip(own, (s, z) => s - z)]);
        }

        return (given, sold, lows.Max(), highs.Min());
    }

    /// <summary>The multiple of the tick inside the bounds that is nearest to lo + k(hi − lo), the lower of two; if there is none, the integer part.</summary>
    public static long Price(AllocationRule.UniformPriceAuction rule, long low, long high)
    {
        var exact = low + new Ratio(rule.KPpm, 1_000_000) * (high - low);
        var below = new Ratio(low, rule.Tick).Ceiling * rule.Tick;
        var above = new Ratio(high, rule.Tick).Floor * rule.Tick;
        var nearest = (exact / rule.Tick).Floor * rule.Tick;
        BigInteger[] candidates = [below, above, nearest, nearest + rule.Tick];
        var inside = candidates.Where(c => c >= low && c <= high).Order().ToList();
        return (long)(inside.Count == 0 ? exact.Floor : inside.MinBy(c => c > exact ? c - exact : exact - c));
    }

    private static IEnumerable<long> Units(long?[] limits, BigInteger[] quantities) =>
        limits.SelectMany((limit, i) => limit is { } price ? Enumerable.Repeat(price, (int)quantities[i]) : []);

    private BigInteger[] Fill(long?[] limits, BigInteger[] quantities, long last, int volume, bool descending)
    {
        var filled = limits.Select((limit, i) => descending ? (limit > last ? quantities[i] : 0) : (limit < last ? quantities[i] : 0)).ToArray();
        var level = Enumerable.Range(0, nodes.Length).Where(i => limits[i] == last).ToArray();
        var (left, all) = (volume - Hamilton.Sum(filled), Hamilton.Sum(level.Select(i => quantities[i])));
        foreach (var (i, part) in level.Zip(hamilton.Round([.. level.Select(i => nodes[i])], [.. level.Select(i => new Ratio(left * quantities[i], all))])))
        {
            filled[i] = part;
        }

        return filled;
    }
}
