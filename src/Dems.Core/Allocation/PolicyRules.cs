using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>The bounds of policies and of the tables of single intervals: each check gives the reason, or null.</summary>
internal static class PolicyRules
{
    public static string? Refusal(AllocationPolicy policy)
    {
        if (!Enum.IsDefined(policy.Basis) || !Enum.IsDefined(policy.Self))
        {
            return $"basis {(int)policy.Basis} or self {(int)policy.Self} is not known";
        }

        if (policy.SettlementInterval is < 0 or > AllocationBounds.MaxDuration)
        {
            return $"settlement interval {policy.SettlementInterval} s: 0…{AllocationBounds.MaxDuration} is allowed";
        }

        if (policy.Rule is AllocationRule.VirtualStorage && policy.Self != SelfSharing.First)
        {
            return "virtual storage needs self = first: a node's storage stands between its own production and its own consumption";
        }

        if (policy.Rule is AllocationRule.PairCoefficients pairs && policy.Self == SelfSharing.Forbidden && pairs.Standing.Any(pair => pair.Producer == pair.Consumer))
        {
            return "self = forbidden: the table assigns a producer to itself";
        }

        return Refusal(policy.Rule) ?? Refusal(policy.Producers);
    }

    public static string? Refusal(IntervalParameters parameters, AllocationPolicy policy) => (parameters, policy.Rule) switch
    {
        (IntervalParameters.Shares shares, AllocationRule.Static) => SharesRefusal(shares.Values),
        (IntervalParameters.Pairs pairs, AllocationRule.PairCoefficients) => Refusal(policy with { Rule = new AllocationRule.PairCoefficients(pairs.Values) }),
        (IntervalParameters.Orders orders, AllocationRule.UniformPriceAuction or AllocationRule.PayAsBid) => OrdersRefusal(orders.Values),
        _ => $"a rule {policy.Rule.GetType().Name} takes no {parameters.GetType().Name.ToLowerInvariant()} for an interval",
    };

    public static string? Refusal(AllocationRule rule) => rule switch
    {
        AllocationRule.Static s => !Enum.IsDefined(s.Rounds) || !Enum.IsDefined(s.Leftover) ? "static: rounds or leftover is not known" : SharesRefusal(s.Shares),
        AllocationRule.ProRata => null,
        AllocationRule.EqualWithCaps e => WeightsRefusal(e),
        AllocationRule.Cascade c => CascadeRefusal(c),
        AllocationRule.PairCoefficients p => PairsRefusal(p.Standing),
        AllocationRule.UniformPriceAuction u => AuctionRefusal(u),
        AllocationRule.PayAsBid b => OrdersRefusal(b.Standing),
        AllocationRule.VirtualStorage v => StorageRefusal(v),
        _ => $"rule {rule.GetType().Name} is not known",
    };

    /// <summary>Why the nodes of a table are not strictly ascending; null if they are.</summary>
    public static string? OrderRefusal(string table, IEnumerable<NodeAddress> nodes)
    {
        NodeAddress? last = null;
        foreach (var node in nodes)
        {
            if (last is { } before && before.CompareTo(node) >= 0)
            {
                return before == node ? $"{table}: {node} stands twice" : $"{table}: {node} is out of order, nodes ascend";
            }

            last = node;
        }

        return null;
    }

    private static string? Refusal(ProducerKey key) => key switch
    {
        ProducerKey.ProRata or ProducerKey.WaterFilled => null,
        ProducerKey.Percentages p => SharesRefusal(p.Shares),
        ProducerKey.Priority p => TiersRefusal("priority", p.Tiers, emptyLastAllowed: false),
        _ => $"producer key {key.GetType().Name} is not known",
    };

    private static string? SharesRefusal(IReadOnlyList<NodeShare> shares)
    {
        var sum = 0L;
        foreach (var share in shares)
        {
            if (share.PartsPerMillion is < 0 or > AllocationBounds.Million)
            {
                return $"shares: {share.Node} has {share.PartsPerMillion}, 0…{AllocationBounds.Million} is allowed";
            }

            sum += share.PartsPerMillion;
        }

        return sum > AllocationBounds.Million
            ? $"shares: they sum to {sum}, more than {AllocationBounds.Million}"
            : CountRefusal("shares", shares.Count) ?? OrderRefusal("shares", shares.Select(s => s.Node));
    }

    private static string? WeightsRefusal(AllocationRule.EqualWithCaps rule)
    {
        foreach (var weight in rule.Weights.Append(new NodeWeight(default, rule.DefaultWeight)))
        {
            if (weight.Weight is < 0 or > AllocationBounds.MaxWeight)
            {
                return $"weights: {weight.Weight} is not in 0…{AllocationBounds.MaxWeight}";
            }
        }

        return CountRefusal("weights", rule.Weights.Count) ?? OrderRefusal("weights", rule.Weights.Select(w => w.Node));
    }

    private static string? CascadeRefusal(AllocationRule.Cascade rule)
    {
        if (rule.Tiers.Count == 0)
        {
            return "cascade: at least one tier is needed";
        }

        foreach (var inner in rule.Tiers.Select(tier => tier.Inner))
        {
            if (inner is not (AllocationRule.Static or AllocationRule.ProRata or AllocationRule.EqualWithCaps))
            {
                return $"cascade: a tier may use static, pro rata or equal with caps, not {inner.GetType().Name}";
            }

            if (inner is AllocationRule.Static { Leftover: LeftoverTo.Consumer })
            {
                return "cascade: what a tier leaves belongs to the next tier, so its leftover cannot be the consumer's";
            }
        }

        return rule.Tiers.Select(tier => Refusal(tier.Inner)).FirstOrDefault(refusal => refusal is not null)
            ?? TiersRefusal("cascade", [.. rule.Tiers.Select(tier => tier.Members)], emptyLastAllowed: true);
    }

    private static string? TiersRefusal(string table, IReadOnlyList<IReadOnlyList<NodeAddress>> tiers, bool emptyLastAllowed)
    {
        if (tiers.Count > AllocationBounds.MaxTiers)
        {
            return $"{table}: {tiers.Count} tiers, at most {AllocationBounds.MaxTiers} are allowed";
        }

        for (var i = 0; i < tiers.Count; i++)
        {
            if (tiers[i].Count == 0 && !(emptyLastAllowed && i == tiers.Count - 1))
            {
                return $"{table}: tier {i} is empty";
            }

            if (OrderRefusal($"{table}, tier {i}", tiers[i]) is { } refusal)
            {
                return refusal;
            }
        }

        return CountRefusal(table, tiers.Sum(tier => tier.Count)) ?? OrderRefusal(table, tiers.SelectMany(tier => tier).Order());
    }

    private static string? PairsRefusal(IReadOnlyList<PairShare> pairs)
    {
        if (pairs.Count > AllocationBounds.MaxPairs)
        {
            return $"pairs: {pairs.Count}, at most {AllocationBounds.MaxPairs} are allowed";
        }

        var sum = 0L;
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            var order = i == 0 ? 1 : pair.Producer.CompareTo(pairs[i - 1].Producer);
            if (order < 0 || (order == 0 && pair.Consumer.CompareTo(pairs[i - 1].Consumer) <= 0))
            {
                return $"pairs: {pair.Producer} to {pair.Consumer} stands twice or out of order";
            }

            sum = pair.PartsPerMillion + (order == 0 ? sum : 0);
            if (pair.PartsPerMillion is < 0 or > AllocationBounds.Million || sum > AllocationBounds.Million)
            {
                return $"pairs: the shares of {pair.Producer} must be ≥ 0 and sum to {AllocationBounds.Million} at most";
            }
        }

        return null;
    }

    private static string? AuctionRefusal(AllocationRule.UniformPriceAuction rule)
    {
        if (rule.KPpm is < 0 or > AllocationBounds.Million)
        {
            return $"auction: k = {rule.KPpm}, 0…{AllocationBounds.Million} is allowed";
        }

        return rule.Tick is < 1 or > AllocationBounds.MaxPrice ? $"auction: tick {rule.Tick}, 1…{AllocationBounds.MaxPrice} is allowed" : OrdersRefusal(rule.Standing);
    }

    private static string? OrdersRefusal(IReadOnlyList<LimitOrder> orders)
    {
        foreach (var order in orders)
        {
            if (order.Bid is < -AllocationBounds.MaxPrice or > AllocationBounds.MaxPrice || order.Ask is < -AllocationBounds.MaxPrice or > AllocationBounds.MaxPrice)
            {
                return $"orders: the limits of {order.Node} must lie within ±{AllocationBounds.MaxPrice}";
            }
        }

        return CountRefusal("orders", orders.Count) ?? OrderRefusal("orders", orders.Select(o => o.Node));
    }

    private static string? StorageRefusal(AllocationRule.VirtualStorage rule)
    {
        if (rule.Inner is not (AllocationRule.Static or AllocationRule.ProRata or AllocationRule.EqualWithCaps or AllocationRule.Cascade))
        {
            return $"virtual storage: the rest may be shared by static, pro rata, equal with caps or cascade, not {rule.Inner.GetType().Name}";
        }

        foreach (var unit in rule.Units)
        {
            if (unit.MaxEnergyWh is < 0 or > AllocationBounds.MaxStorage || unit.PowerW is < 0 or > AllocationBounds.MaxPower
                || unit.ChargePpm is < 1 or > AllocationBounds.Million || unit.DischargePpm is < 1 or > AllocationBounds.Million)
            {
                return $"virtual storage: capacity, power or efficiency of {unit.Node} is out of bounds";
            }
        }

        return CountRefusal("virtual storage", rule.Units.Count) ?? OrderRefusal("virtual storage", rule.Units.Select(u => u.Node)) ?? Refusal(rule.Inner);
    }

    private static string? CountRefusal(string table, int count) =>
        count > AllocationBounds.MaxParticipants ? $"{table}: {count} nodes, at most {AllocationBounds.MaxParticipants} are allowed" : null;
}
