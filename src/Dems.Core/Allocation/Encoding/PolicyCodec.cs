using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Allocation.Encoding;

/// <summary>
/// Canonical form of a policy, as ballots sign and the state holds it: [basis, rule, producer key, self, settlement interval]. A rule is [kind, version, …], a producer key
/// likewise. Tables ascend by node, so that a policy has one encoding only.
/// </summary>
public static class PolicyCodec
{
    /// <summary>Longest encoded policy in bytes: it fits an entry.</summary>
    public const int MaxBytes = 60_000;

    private const int MaxRows = MaxBytes / NodeAddress.Size;

    /// <summary>A storage over a cascade over a tier's rule is the deepest policy there is; a deeper one would be refused only after it was read, level by level.</summary>
    private const int MaxDepth = 3;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(AllocationPolicy policy)
    {
        var writer = Canonical.NewWriter(128);
        writer.WriteStartArray(5);
        writer.WriteInt32((int)policy.Basis);
        RuleWriter.Write(writer, policy.Rule);
        RuleWriter.Write(writer, policy.Producers);
        writer.WriteInt32((int)policy.Self);
        writer.WriteInt32(policy.SettlementInterval);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly, bounds included; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out AllocationPolicy policy, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "policy", Read, out policy, out error);

    private static AllocationPolicy Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var policy = new AllocationPolicy(
            (AllocationBasis)reader.ReadInt32(), ReadRule(reader, depth: 1), ReadKey(reader), (SelfSharing)reader.ReadInt32(), reader.ReadInt32());
        reader.ReadEndArray();
        return policy.Refusal() is { } refusal ? throw new FormatException(refusal) : policy;
    }

    private static AllocationRule ReadRule(CborReader reader, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException("rules are nested too deeply");
        }

        var places = Canonical.ReadArrayUpTo(reader, 5);
        var kind = ReadKind(reader, "rule");
        AllocationRule rule = (kind, places) switch
        {
            (RuleWriter.Static, 5) => new AllocationRule.Static(ReadShares(reader), (ShareRounds)reader.ReadInt32(), (LeftoverTo)reader.ReadInt32()),
            (RuleWriter.ProRata, 2) => new AllocationRule.ProRata(),
            (RuleWriter.EqualWithCaps, 4) => new AllocationRule.EqualWithCaps(
                ReadTable(reader, 2, r => new NodeWeight(ReadNode(r), r.ReadInt32())), reader.ReadInt32()),
            (RuleWriter.Cascade, 3) => new AllocationRule.Cascade(ReadTable(reader, 2, r => new CascadeTier(ReadNodes(r), ReadRule(r, depth + 1)), AllocationBounds.MaxTiers)),
            (RuleWriter.PairCoefficients, 3) => new AllocationRule.PairCoefficients(ReadPairs(reader)),
            (RuleWriter.UniformPriceAuction, 5) => new AllocationRule.UniformPriceAuction(ReadOrders(reader), reader.ReadInt32(), reader.ReadInt64()),
            (RuleWriter.PayAsBid, 3) => new AllocationRule.PayAsBid(ReadOrders(reader)),
            (RuleWriter.VirtualStorage, 4) => new AllocationRule.VirtualStorage(
                ReadTable(reader, 5, r => new StorageUnit(ReadNode(r), r.ReadInt64(), r.ReadInt64(), r.ReadInt32(), r.ReadInt32())), ReadRule(reader, depth + 1)),
            _ => throw new FormatException($"rule {kind} with {places} places is not known"),
        };
        reader.ReadEndArray();
        return rule;
    }

    private static ProducerKey ReadKey(CborReader reader)
    {
        var places = Canonical.ReadArrayUpTo(reader, 3);
        var kind = ReadKind(reader, "producer key");
        ProducerKey key = (kind, places) switch
        {
            (RuleWriter.ProRataKey, 2) => new ProducerKey.ProRata(),
            (RuleWriter.PriorityKey, 3) => new ProducerKey.Priority(ReadTiers(reader)),
            (RuleWriter.PercentagesKey, 3) => new ProducerKey.Percentages(ReadShares(reader)),
            (RuleWriter.WaterFilledKey, 2) => new ProducerKey.WaterFilled(),
            _ => throw new FormatException($"producer key {kind} with {places} places is not known"),
        };
        reader.ReadEndArray();
        return key;
    }

    private static int ReadKind(CborReader reader, string what)
    {
        var kind = reader.ReadInt32();
        var version = reader.ReadInt32();
        return version == 1 ? kind : throw new FormatException($"version {version} of {what} {kind} is not known");
    }

    internal static NodeShare[] ReadShares(CborReader reader) => ReadTable(reader, 2, r => new NodeShare(ReadNode(r), r.ReadInt32()));

    internal static PairShare[] ReadPairs(CborReader reader) => ReadTable(reader, 3, r => new PairShare(ReadNode(r), ReadNode(r), r.ReadInt32()));

    internal static LimitOrder[] ReadOrders(CborReader reader) => ReadTable(reader, 3, r => new LimitOrder(ReadNode(r), ReadLimit(r), ReadLimit(r)));

    private static IReadOnlyList<NodeAddress>[] ReadTiers(CborReader reader)
    {
        var tiers = new IReadOnlyList<NodeAddress>[Canonical.ReadArrayUpTo(reader, AllocationBounds.MaxTiers)];
        for (var i = 0; i < tiers.Length; i++)
        {
            tiers[i] = ReadNodes(reader);
        }

        reader.ReadEndArray();
        return tiers;
    }

    private static NodeAddress[] ReadNodes(CborReader reader)
    {
        var nodes = new NodeAddress[Canonical.ReadArrayUpTo(reader, MaxRows)];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = ReadNode(reader);
        }

        reader.ReadEndArray();
        return nodes;
    }

    private static T[] ReadTable<T>(CborReader reader, int places, Func<CborReader, T> readRow, int maxRows = MaxRows)
    {
        var rows = new T[Canonical.ReadArrayUpTo(reader, maxRows)];
        for (var i = 0; i < rows.Length; i++)
        {
            Canonical.ReadArray(reader, places);
            rows[i] = readRow(reader);
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return rows;
    }

    private static NodeAddress ReadNode(CborReader reader) => new(Canonical.ReadBytes(reader, NodeAddress.Size, "a node").Span);

    private static long? ReadLimit(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return reader.ReadInt64();
        }

        reader.ReadNull();
        return null;
    }
}
