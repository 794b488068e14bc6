using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Energy;
using Xunit;

namespace Dems.Core.Tests.Allocation.Encoding;

public sealed class PolicyCodecTests
{
    private static readonly NodeAddress A = new([.. Enumerable.Repeat((byte)1, NodeAddress.Size)]);
    private static readonly NodeAddress B = new([.. Enumerable.Repeat((byte)2, NodeAddress.Size)]);

    public static TheoryData<string> Names => [.. Policies.Keys];

    internal static Dictionary<string, AllocationPolicy> Policies { get; } = new(StringComparer.Ordinal)
    {
        ["static"] = With(new AllocationRule.Static([new NodeShare(A, 400_000), new NodeShare(B, 600_000)], ShareRounds.All, LeftoverTo.Producer)),
        ["pro rata"] = With(new AllocationRule.ProRata()),
        ["equal"] = With(new AllocationRule.EqualWithCaps([new NodeWeight(B, 3)], DefaultWeight: 1)),
        ["cascade"] = With(new AllocationRule.Cascade([new CascadeTier([A], new AllocationRule.ProRata()), new CascadeTier([], new AllocationRule.EqualWithCaps([], 1))])),
        ["pairs"] = With(new AllocationRule.PairCoefficients([new PairShare(A, B, 1_000_000), new PairShare(B, A, 5)])),
        ["auction"] = With(new AllocationRule.UniformPriceAuction([new LimitOrder(A, null, -20), new LimitOrder(B, 300_000, null)], KPpm: 500_000, Tick: 100)),
        ["pay as bid"] = With(new AllocationRule.PayAsBid([new LimitOrder(A, 7, 8)])),
        ["storage"] = With(new AllocationRule.VirtualStorage([new StorageUnit(A, 10_000, 2_500, 950_000, 1_000_000)], new AllocationRule.ProRata())) with { Self = SelfSharing.First },
        ["priority"] = With(new AllocationRule.ProRata()) with { Producers = new ProducerKey.Priority([[A], [B]]), SettlementInterval = 3_600 },
        ["percentages"] = With(new AllocationRule.ProRata()) with { Producers = new ProducerKey.Percentages([new NodeShare(B, 1_000_000)]), Basis = AllocationBasis.Gross },
        ["water filled"] = With(new AllocationRule.ProRata()) with { Producers = new ProducerKey.WaterFilled(), Self = SelfSharing.Forbidden },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Policy_EncodedAndDecoded_EncodesToTheSameBytes(string name)
    {
        var bytes = PolicyCodec.Encode(Policies[name]);

        Assert.True(PolicyCodec.TryDecode(bytes, out var decoded, out var error), error);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(PolicyCodec.Encode(decoded)));
        Assert.Equal(PolicyJson.Write(Policies[name]), PolicyJson.Write(decoded));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Policy_WrittenAsJsonAndRead_IsTheSame(string name)
    {
        Assert.True(PolicyJson.TryRead(PolicyJson.Write(Policies[name]), out var read, out var error), error);
        Assert.Equal(Convert.ToHexString(PolicyCodec.Encode(Policies[name])), Convert.ToHexString(PolicyCodec.Encode(read)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_WithAnyByteChanged_IsRefusedOrAnotherPolicy(string name)
    {
        var bytes = PolicyCodec.Encode(Policies[name]);
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1;
            if (PolicyCodec.TryDecode(changed, out var policy, out _))
            {
                Assert.Equal(Convert.ToHexString(changed), Convert.ToHexString(PolicyCodec.Encode(policy)));
            }
        }
    }

    [Theory]
    [InlineData("""{ "basis": "grid" }""", "missing")]
    [InlineData("""{ "basis": "grid", "rule": { "kind": "lottery" }, "producers": { "kind": "proRata" }, "self": "pooled", "settlementInterval": 0 }""", "lottery")]
    [InlineData("""{ "basis": "grid", "rule": { "kind": "proRata", "x": 1 }, "producers": { "kind": "proRata" }, "self": "pooled", "settlementInterval": 0 }""", "'x'")]
    [InlineData("""{ "basis": "grid", "rule": { "kind": "proRata" }, "producers": { "kind": "proRata" }, "self": "pooled", "settlementInterval": -1 }""", "settlement interval")]
    [InlineData("""{ "basis": "grid", "rule": { "kind": "payAsBid", "standing": [{ "node": "dems1x", "bid": 1, "ask": null }] }, "producers": { "kind": "proRata" }, "self": "pooled", "settlementInterval": 0 }""", "dems1x")]
    public void Json_OutOfOrder_IsRefusedWithItsReason(string json, string reason)
    {
        Assert.False(PolicyJson.TryRead(json, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static AllocationPolicy With(AllocationRule rule) =>
        new(AllocationBasis.Grid, rule, new ProducerKey.ProRata(), SelfSharing.Pooled, SettlementInterval: 0);
}
