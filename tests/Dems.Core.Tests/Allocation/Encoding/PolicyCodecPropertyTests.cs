using System.Formats.Cbor;
using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Ledger.Encoding;
using Xunit;

namespace Dems.Core.Tests.Allocation.Encoding;

/// <summary>Codecs on random policies and tables.</summary>
public sealed class PolicyCodecPropertyTests
{
    private static readonly Gen<AllocationRule> AnyRule = Gen.OneOf(
        AnyAllocation.Static, AnyAllocation.ProRata, AnyAllocation.EqualWithCaps, AnyAllocation.Cascade, AnyAllocation.PairCoefficients, AnyAllocation.UniformPriceAuction,
        AnyAllocation.PayAsBid, AnyAllocation.VirtualStorage);

    private static readonly Gen<AllocationPolicy> AnyPolicy = Gen.Select(AnyRule, AnyAllocation.Key, Gen.Enum<AllocationBasis>(), Gen.Int[0, AllocationBounds.MaxDuration]).Select(
        (rule, key, basis, settlement) => new AllocationPolicy(basis, rule, key, SelfSharing.First, settlement));

    [Fact]
    public void Policy_EncodedAndDecoded_EncodesToTheSameBytes() => AnyPolicy.Sample(
        policy =>
        {
            var bytes = PolicyCodec.Encode(policy);
            Assert.True(PolicyCodec.TryDecode(bytes, out var decoded, out var error), error);
            Assert.Equal((policy.Basis, policy.Self, policy.SettlementInterval), (decoded.Basis, decoded.Self, decoded.SettlementInterval));
            Assert.Equal(policy.Rule.GetType(), decoded.Rule.GetType());
            Assert.Equal(bytes, PolicyCodec.Encode(decoded));
        },
        iter: TestScale.Times(1_000));

    /// <summary>Whatever a flipped or cut byte makes of a policy: it is refused, or it is another policy's canonical form.</summary>
    [Fact]
    public void Policy_WithAByteChanged_IsRefusedOrAnotherCanonicalPolicy() => Gen.Select(AnyPolicy, Gen.Int[0, 1 << 20], Gen.Byte[1, 255]).Sample(
        (policy, place, change) =>
        {
            var bytes = PolicyCodec.Encode(policy);
            bytes[place % bytes.Length] ^= change;
            if (PolicyCodec.TryDecode(bytes, out var decoded, out var error))
            {
                Assert.Equal(bytes, PolicyCodec.Encode(decoded));
                Assert.Null(decoded.Refusal());
            }
            else
            {
                Assert.StartsWith("policy: ", error, StringComparison.Ordinal);
            }
        },
        iter: TestScale.Times(2_000));

    [Fact]
    public void Policy_BreakingABound_IsRefusedWhenDecoded()
    {
        var bytes = PolicyCodec.Encode(Village.Policy(Village.Static(ShareRounds.One, LeftoverTo.Producer, 600_000, 600_000)));

        Assert.False(PolicyCodec.TryDecode(bytes, out _, out var error));
        Assert.Contains("sum to 1200000", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_OfAnUnknownRuleOrVersion_IsRefused()
    {
        byte[] Of(int rule, int version)
        {
            var writer = Canonical.NewWriter();
            writer.WriteStartArray(5);
            writer.WriteInt32(1);
            writer.WriteStartArray(2);
            writer.WriteInt32(rule);
            writer.WriteInt32(version);
            writer.WriteEndArray();
            writer.WriteStartArray(2);
            writer.WriteInt32(1);
            writer.WriteInt32(1);
            writer.WriteEndArray();
            writer.WriteInt32(1);
            writer.WriteInt32(0);
            writer.WriteEndArray();
            return writer.Encode();
        }

        Assert.True(PolicyCodec.TryDecode(Of(2, 1), out _, out _));
        Assert.False(PolicyCodec.TryDecode(Of(9, 1), out _, out var error));
        Assert.Contains("rule 9 with 2 places is not known", error, StringComparison.Ordinal);
        Assert.False(PolicyCodec.TryDecode(Of(2, 2), out _, out error));
        Assert.Contains("version 2 of rule 2 is not known", error, StringComparison.Ordinal);
        Assert.False(PolicyCodec.TryDecode(Of(1, 1), out _, out error));
        Assert.Contains("rule 1 with 2 places is not known", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_NestedWithoutEnd_IsRefused()
    {
        AllocationRule rule = Village.ProRata;
        for (var i = 0; i < 3; i++)
        {
            rule = new AllocationRule.VirtualStorage([], rule);
        }

        Assert.False(PolicyCodec.TryDecode(PolicyCodec.Encode(Village.Policy(rule, self: SelfSharing.First)), out _, out var error));
        Assert.Contains("nested too deeply", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_EncodedAndDecoded_EncodeToTheSameBytes() => Gen.Select(AnyAllocation.Shares, AnyAllocation.PairCoefficients, AnyAllocation.Orders).Sample(
        (shares, pairs, orders) =>
        {
            IntervalParameters[] all =
            [
                new IntervalParameters.Shares(shares), new IntervalParameters.Pairs(((AllocationRule.PairCoefficients)pairs).Standing), new IntervalParameters.Orders(orders),
            ];
            foreach (var parameters in all)
            {
                var bytes = Encode(parameters);
                Assert.True(Canonical.TryDecode(bytes, 1 << 20, "parameters", IntervalParametersCodec.Read, out var decoded, out var error), error);
                Assert.Equal(bytes, Encode(decoded));
            }
        },
        iter: TestScale.Times(300));

    private static byte[] Encode(IntervalParameters parameters)
    {
        CborWriter writer = Canonical.NewWriter();
        IntervalParametersCodec.Write(writer, parameters);
        return writer.Encode();
    }
}
