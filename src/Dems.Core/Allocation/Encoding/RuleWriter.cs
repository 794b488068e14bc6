using System.Formats.Cbor;
using Dems.Core.Energy;

namespace Dems.Core.Allocation.Encoding;

/// <summary>Writes rules and producer keys, and numbers their kinds. The numbers are part of the signed bytes.</summary>
internal static class RuleWriter
{
    public const int Static = 1;
    public const int ProRata = 2;
    public const int EqualWithCaps = 3;
    public const int Cascade = 4;
    public const int PairCoefficients = 5;
    public const int UniformPriceAuction = 6;
    public const int PayAsBid = 7;
    public const int VirtualStorage = 8;

    public const int ProRataKey = 1;
    public const int PriorityKey = 2;
    public const int PercentagesKey = 3;
    public const int WaterFilledKey = 4;

    /// <summary>Writes a rule: [kind, version, …].</summary>
    public static void Write(CborWriter writer, AllocationRule rule)
    {
        switch (rule)
        {
            case AllocationRule.Static s:
                Start(writer, 5, Static, rule.Version);
                WriteShares(writer, s.Shares);
                writer.WriteInt32((int)s.Rounds);
                writer.WriteInt32((int)s.Leftover);
                break;
            case AllocationRule.ProRata:
                Start(writer, 2, ProRata, rule.Version);
                break;
            case AllocationRule.EqualWithCaps e:
                Start(writer, 4, EqualWithCaps, rule.Version);
                WriteTable(writer, e.Weights, weight => weight.Node, weight => writer.WriteInt32(weight.Weight), places: 2);
                writer.WriteInt32(e.DefaultWeight);
                break;
            case AllocationRule.Cascade c:
                Start(writer, 3, Cascade, rule.Version);
                WriteTiers(writer, c);
                break;
            case AllocationRule.PairCoefficients p:
                Start(writer, 3, PairCoefficients, rule.Version);
                WritePairs(writer, p.Standing);
                break;
            case AllocationRule.UniformPriceAuction u:
                Start(writer, 5, UniformPriceAuction, rule.Version);
                WriteOrders(writer, u.Standing);
                writer.WriteInt32(u.KPpm);
                writer.WriteInt64(u.Tick);
                break;
            case AllocationRule.PayAsBid b:
                Start(writer, 3, PayAsBid, rule.Version);
                WriteOrders(writer, b.Standing);
                break;
            case AllocationRule.VirtualStorage v:
                Start(writer, 4, VirtualStorage, rule.Version);
                WriteTable(writer, v.Units, unit => unit.Node, unit => WriteUnit(writer, unit), places: 5);
                Write(writer, v.Inner);
                break;
            default:
                throw new ArgumentException($"{rule.GetType().Name} has no encoding.", nameof(rule));
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a producer key: [kind, version, …].</summary>
    public static void Write(CborWriter writer, ProducerKey key)
    {
        switch (key)
        {
            case ProducerKey.ProRata:
                Start(writer, 2, ProRataKey, key.Version);
                break;
            case ProducerKey.Priority p:
                Start(writer, 3, PriorityKey, key.Version);
                writer.WriteStartArray(p.Tiers.Count);
                foreach (var tier in p.Tiers)
                {
                    WriteNodes(writer, tier);
                }

                writer.WriteEndArray();
                break;
            case ProducerKey.Percentages p:
                Start(writer, 3, PercentagesKey, key.Version);
                WriteShares(writer, p.Shares);
                break;
            case ProducerKey.WaterFilled:
                Start(writer, 2, WaterFilledKey, key.Version);
                break;
            default:
                throw new ArgumentException($"{key.GetType().Name} has no encoding.", nameof(key));
        }

        writer.WriteEndArray();
    }

    private static void Start(CborWriter writer, int places, int kind, int version)
    {
        writer.WriteStartArray(places);
        writer.WriteInt32(kind);
        writer.WriteInt32(version);
    }

    private static void WriteTiers(CborWriter writer, AllocationRule.Cascade rule)
    {
        writer.WriteStartArray(rule.Tiers.Count);
        foreach (var tier in rule.Tiers)
        {
            writer.WriteStartArray(2);
            WriteNodes(writer, tier.Members);
            Write(writer, tier.Inner);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    internal static void WriteShares(CborWriter writer, IReadOnlyList<NodeShare> shares) =>
        WriteTable(writer, shares, share => share.Node, share => writer.WriteInt32(share.PartsPerMillion), places: 2);

    internal static void WritePairs(CborWriter writer, IReadOnlyList<PairShare> pairs) =>
        WriteTable(writer, pairs, pair => pair.Producer, pair => WritePair(writer, pair), places: 3);

    internal static void WriteOrders(CborWriter writer, IReadOnlyList<LimitOrder> orders) => WriteTable(
        writer,
        orders,
        order => order.Node,
        order =>
        {
            WriteLimit(writer, order.Bid);
            WriteLimit(writer, order.Ask);
        },
        places: 3);

    private static void WritePair(CborWriter writer, PairShare pair)
    {
        writer.WriteByteString(pair.Consumer.ToArray());
        writer.WriteInt32(pair.PartsPerMillion);
    }

    private static void WriteUnit(CborWriter writer, StorageUnit unit)
    {
        writer.WriteInt64(unit.MaxEnergyWh);
        writer.WriteInt64(unit.PowerW);
        writer.WriteInt32(unit.ChargePpm);
        writer.WriteInt32(unit.DischargePpm);
    }

    private static void WriteTable<T>(CborWriter writer, IReadOnlyList<T> rows, Func<T, NodeAddress> nodeOf, Action<T> writeRest, int places)
    {
        writer.WriteStartArray(rows.Count);
        foreach (var row in rows)
        {
            writer.WriteStartArray(places);
            writer.WriteByteString(nodeOf(row).ToArray());
            writeRest(row);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteNodes(CborWriter writer, IReadOnlyList<NodeAddress> nodes)
    {
        writer.WriteStartArray(nodes.Count);
        foreach (var node in nodes)
        {
            writer.WriteByteString(node.ToArray());
        }

        writer.WriteEndArray();
    }

    private static void WriteLimit(CborWriter writer, long? limit)
    {
        if (limit is { } price)
        {
            writer.WriteInt64(price);
        }
        else
        {
            writer.WriteNull();
        }
    }
}
