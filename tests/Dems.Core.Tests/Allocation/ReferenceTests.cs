using System.Numerics;
using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Tests.Allocation.Reference;
using Xunit;

namespace Dems.Core.Tests.Allocation;

/// <summary>Every rule against <see cref="SlowAllocator"/>, bit for bit, with every producer key and every way of sharing with oneself.</summary>
public sealed class ReferenceTests
{
    private const int Cases = 2_000;

    [Fact]
    public void Static_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.Static, AnyAllocation.AnySelf, AnyAllocation.Quantity);

    [Fact]
    public void ProRata_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.ProRata, AnyAllocation.AnySelf, AnyAllocation.Quantity);

    [Fact]
    public void EqualWithCaps_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.EqualWithCaps, AnyAllocation.AnySelf, AnyAllocation.Quantity);

    [Fact]
    public void Cascade_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.Cascade, AnyAllocation.AnySelf, AnyAllocation.Quantity);

    [Fact]
    public void PairCoefficients_OnAnyInput_AgreesWithTheReference() =>
        Agree(AnyAllocation.PairCoefficients, Gen.OneOf(Gen.Const(SelfSharing.Pooled), Gen.Const(SelfSharing.First)), AnyAllocation.Quantity);

    [Fact]
    public void PairCoefficients_WithoutSelf_AgreesWithTheReference() =>
        Agree(AnyAllocation.PairCoefficientsWithoutSelf, Gen.Const(SelfSharing.Forbidden), AnyAllocation.Quantity);

    [Fact]
    public void UniformPriceAuction_OnAnyInput_AgreesWithTheReference() =>
        Agree(AnyAllocation.UniformPriceAuction, AnyAllocation.AnySelf, AnyAllocation.SmallQuantity);

    [Fact]
    public void PayAsBid_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.PayAsBid, AnyAllocation.AnySelf, AnyAllocation.SmallQuantity);

    [Fact]
    public void VirtualStorage_OnAnyInput_AgreesWithTheReference() => Agree(AnyAllocation.VirtualStorage, Gen.Const(SelfSharing.First), AnyAllocation.Quantity);

    [Fact]
    public void IntervalTables_OnAnyInput_ReplaceTheStandingOnes() => Gen.Select(
        AnyAllocation.Input(Gen.OneOf(AnyAllocation.Static, AnyAllocation.PairCoefficients, AnyAllocation.UniformPriceAuction, AnyAllocation.PayAsBid), Gen.Const(SelfSharing.First), AnyAllocation.SmallQuantity),
        AnyAllocation.Shares,
        AnyAllocation.PairCoefficients,
        AnyAllocation.Orders).Sample(
        (input, shares, pairs, orders) => Compare(input with
        {
            Parameters = input.Policy.Rule switch
            {
                AllocationRule.Static => new IntervalParameters.Shares(shares),
                AllocationRule.PairCoefficients => new IntervalParameters.Pairs(((AllocationRule.PairCoefficients)pairs).Standing),
                _ => new IntervalParameters.Orders(orders),
            },
        }),
        iter: TestScale.Times(Cases));

    private static void Agree(Gen<AllocationRule> rule, Gen<SelfSharing> self, Gen<long> quantity) =>
        AnyAllocation.Input(rule, self, quantity).Sample(Compare, iter: TestScale.Times(Cases));

    private static void Compare(AllocationInput input)
    {
        var expected = new SlowAllocator(input);
        var actual = Village.Allocate(input);

        Assert.Equal(expected.Allocated, actual.Nodes.Select(n => (BigInteger)n.Allocated));
        Assert.Equal(expected.Sold, actual.Nodes.Select(n => (BigInteger)n.Sold));
        Assert.Equal(expected.Leftover, actual.Nodes.Select(n => (BigInteger)n.Leftover));
        Assert.Equal(expected.Price, actual.Auction?.Price);
        Assert.Equal(expected.Storage.Select(s => (s.Key, s.Value)), actual.Storage.Select(s => (s.Node, (BigInteger)s.MicroWh)));
        Assert.Equal(expected.Matrix.Select(x => (x.Key.Producer, x.Key.Consumer, x.Value)), actual.Transfers.Select(t => (t.Producer, t.Consumer, (BigInteger)t.Quantity)));
    }
}
