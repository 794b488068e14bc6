using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation;

/// <summary>Random allocations. Tables name nodes that take no part, and leave out some that do; quantities are often 0, often equal, sometimes as large as they may be.</summary>
internal static class AnyAllocation
{
    private const int MaxNodes = 9;
    private const int TableNodes = MaxNodes + 2;

    public static Gen<AllocationRule> Static { get; } =
        Gen.Select(Shares, Gen.Enum<ShareRounds>(), Gen.Enum<LeftoverTo>(), (shares, rounds, leftover) => (AllocationRule)new AllocationRule.Static(shares, rounds, leftover));

    public static Gen<AllocationRule> ProRata { get; } = Gen.Const(Village.ProRata);

    public static Gen<AllocationRule> EqualWithCaps { get; } =
        Gen.Select(Subset(Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 1_000_000])), Gen.Int[0, 2], (weights, standard) =>
            (AllocationRule)new AllocationRule.EqualWithCaps([.. weights.Select(w => new NodeWeight(w.Node, w.Value))], standard));

    public static Gen<AllocationRule> Cascade { get; } = Gen.Select(Gen.Int[0, 4].Array[TableNodes], InnerRule.Array[4], Gen.Bool, CascadeOf);

    public static Gen<AllocationRule> PairCoefficients { get; } = Pairs(selfAllowed: true).Select(pairs => (AllocationRule)new AllocationRule.PairCoefficients(pairs));

    public static Gen<AllocationRule> PairCoefficientsWithoutSelf { get; } =
        Pairs(selfAllowed: false).Select(pairs => (AllocationRule)new AllocationRule.PairCoefficients(pairs));

    public static Gen<AllocationRule> UniformPriceAuction { get; } =
        Gen.Select(Orders, Gen.OneOf(Gen.Const(0), Gen.Const(1_000_000), Gen.Int[0, 1_000_000]), Gen.OneOf(Gen.Long[1, 4], Gen.Long[1, 100]), (orders, k, tick) =>
            (AllocationRule)new AllocationRule.UniformPriceAuction(orders, k, tick));

    public static Gen<AllocationRule> PayAsBid { get; } = Orders.Select(orders => (AllocationRule)new AllocationRule.PayAsBid(orders));

    public static Gen<AllocationRule> VirtualStorage { get; } =
        Gen.Select(Subset(Unit), Gen.OneOf(InnerRule, Cascade), (units, inner) =>
            (AllocationRule)new AllocationRule.VirtualStorage([.. units.Select(u => u.Value with { Node = u.Node })], inner));

    public static Gen<ProducerKey> Key { get; } = Gen.OneOf(
        Gen.Const((ProducerKey)new ProducerKey.ProRata()),
        Gen.Const((ProducerKey)new ProducerKey.WaterFilled()),
        Shares.Select(shares => (ProducerKey)new ProducerKey.Percentages(shares)),
        Gen.Int[0, 3].Array[TableNodes].Select(tiers => (ProducerKey)new ProducerKey.Priority(Tiers(tiers, 3))));

    /// <summary>Inputs under one kind of rule.</summary>
    public static Gen<AllocationInput> Input(Gen<AllocationRule> rule, Gen<SelfSharing> self, Gen<long> quantity) =>
        Gen.Select(rule, self, Key, Participants(quantity), States, Gen.Int[0, 1_000], (anyRule, anySelf, key, participants, states, hour) => new AllocationInput
        {
            Interval = Village.Interval with { Start = Samples.Midnight + hour * 3_600L },
            Policy = Village.Policy(anyRule, key, anySelf),
            Participants = participants,
            Storage = anyRule is AllocationRule.VirtualStorage ? states : [],
        });

    public static Gen<SelfSharing> AnySelf { get; } = Gen.Enum<SelfSharing>();

    /// <summary>From nothing to the bound; equal values are frequent, so that ties are.</summary>
    public static Gen<long> Quantity { get; } = Gen.OneOf(
        Gen.Long[0, 3], Gen.Long[0, 40], Gen.Long[0, 40], Gen.Long[0, 5_000], Gen.Const(0L), Gen.Long[0, AllocationBounds.MaxQuantity], Gen.Const(AllocationBounds.MaxQuantity));

    /// <summary>Few enough to be written out watt-hour by watt-hour.</summary>
    public static Gen<long> SmallQuantity { get; } = Gen.OneOf(Gen.Long[0, 3], Gen.Long[0, 40], Gen.Const(0L));

    public static Gen<IReadOnlyList<NodeShare>> Shares => Gen.Select(
        Subset(Gen.OneOf(Gen.Int[0, 1_000_000 / TableNodes], Gen.Const(1_000_000 / TableNodes), Gen.Int[0, 2])), Gen.Bool, (table, whole) => ToShares(table, whole));

    public static Gen<IReadOnlyList<LimitOrder>> Orders => Subset(Gen.Select(Limit, Limit)).Select(
        table => (IReadOnlyList<LimitOrder>)[.. table.Select(row => new LimitOrder(row.Node, row.Value.Item1, row.Value.Item2))]);

    private static Gen<long?> Limit => Gen.OneOf(Gen.Long[-2, 6].Select(p => (long?)p), Gen.Long[-500, 500].Select(p => (long?)p), Gen.Const((long?)null));

    private static Gen<AllocationRule> InnerRule => Gen.OneOf(ProRata, EqualWithCaps, Gen.Select(Shares, Gen.Enum<ShareRounds>(), (shares, rounds) =>
        (AllocationRule)new AllocationRule.Static(shares, rounds, LeftoverTo.Producer)));

    private static Gen<StorageUnit> Unit => Gen.Select(
        Gen.OneOf(Gen.Long[0, 50], Gen.Long[0, AllocationBounds.MaxStorage]),
        Gen.OneOf(Gen.Long[0, 100], Gen.Const(AllocationBounds.MaxPower)),
        Gen.OneOf(Gen.Const(1_000_000), Gen.Int[1, 1_000_000]),
        Gen.OneOf(Gen.Const(1_000_000), Gen.Int[1, 1_000_000]),
        (capacity, power, charge, discharge) => new StorageUnit(default, capacity, power, charge, discharge));

    private static Gen<IReadOnlyList<StorageState>> States => Subset(Gen.OneOf(Gen.Long[0, 50_000_000], Gen.Long[0, 1L << 61])).Select(
        table => (IReadOnlyList<StorageState>)[.. table.Select(row => new StorageState(row.Node, row.Value))]);

    private static Gen<IReadOnlyList<Participant>> Participants(Gen<long> quantity) => Gen.Select(quantity, quantity).Array[0, MaxNodes].Select(
        rows => (IReadOnlyList<Participant>)[.. rows.Select((row, i) => new Participant(Village.Node(i), row.Item1, row.Item2))]);

    private static Gen<IReadOnlyList<PairShare>> Pairs(bool selfAllowed) => Gen.OneOf(Gen.Const(0), Gen.Int[0, 1_000_000 / TableNodes], Gen.Const(1_000_000 / TableNodes))
        .Array[TableNodes * TableNodes].Select(table => (IReadOnlyList<PairShare>)[.. table
            .Select((share, k) => new PairShare(Village.Node(k / TableNodes), Village.Node(k % TableNodes), share))
            .Where(pair => pair.PartsPerMillion > 0 && (selfAllowed || pair.Producer != pair.Consumer))]);

    private static Gen<IReadOnlyList<(NodeAddress Node, T Value)>> Subset<T>(Gen<T> value) => Gen.Select(Gen.Bool, value).Array[TableNodes].Select(
        rows => (IReadOnlyList<(NodeAddress, T)>)[.. rows.Select((row, i) => (Village.Node(i), row)).Where(r => r.row.Item1).Select(r => (r.Item1, r.row.Item2))]);

    /// <summary>Sometimes raises the first share so that all sum to the whole.</summary>
    private static IReadOnlyList<NodeShare> ToShares(IReadOnlyList<(NodeAddress Node, int Value)> table, bool whole)
    {
        var rest = whole ? 1_000_000 - table.Sum(row => row.Value) : 0;
        return [.. table.Select((row, i) => new NodeShare(row.Node, row.Value + (i == 0 ? rest : 0)))];
    }

    private static AllocationRule CascadeOf(int[] tierOf, AllocationRule[] inner, bool openEnded)
    {
        var tiers = Tiers(tierOf, 3).Zip(inner, (members, rule) => new CascadeTier(members, rule)).ToList();
        return new AllocationRule.Cascade(openEnded || tiers.Count == 0 ? [.. tiers, new CascadeTier([], inner[3])] : tiers);
    }

    /// <summary>Members of the tiers 0…count − 1; a higher number means none.</summary>
    private static IReadOnlyList<NodeAddress>[] Tiers(int[] tierOf, int count) =>
        [.. Enumerable.Range(0, count).Select(k => tierOf.Index().Where(t => t.Item == k).Select(t => Village.Node(t.Index)).ToArray()).Where(tier => tier.Length > 0)];
}
