using System.Numerics;
using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Ledger;
using Dems.Core.Tests.Allocation.Reference;
using Xunit;

namespace Dems.Core.Tests.Allocation;

public sealed class ParticipationSplitTests
{
    private static readonly ChainId[] Pools = [.. Enumerable.Range(0, 5).Select(i => new ChainId(Samples.HashOf($"pool {i}"))).Order()];

    [Theory]
    [InlineData(1_000_000, 333_333)]
    [InlineData(10, 3)]
    [InlineData(0, 0)]
    public void Split_InThirds_SumsToWhatTheFactorsGiveTogether(long quantity, long each)
    {
        Participation[] thirds = [.. Pools.Take(3).Select(pool => new Participation(pool, 333_333))];

        Assert.True(ParticipationSplit.TrySplit(Village.Node(0), Samples.Midnight, 900, quantity, thirds, out var parts, out _));
        Assert.Equal([each, each, each], parts);
    }

    [Fact]
    public void Split_OfAnyQuantity_AgreesWithTheReference() => Gen.Select(
        AnyAllocation.Quantity, Gen.OneOf(Gen.Const(200_000), Gen.Int[0, 200_000]).Array[Pools.Length], Gen.Int[0, 1_000]).Sample(
        (quantity, factors, hour) =>
        {
            var start = Samples.Midnight + hour * 3_600L;
            Participation[] participations = [.. Pools.Zip(factors, (pool, factor) => new Participation(pool, factor))];

            Assert.True(ParticipationSplit.TrySplit(Village.Node(0), start, 900, quantity, participations, out var parts, out var error), error);

            var quotas = factors.Select(f => new Ratio((BigInteger)quantity * f, 1_000_000)).ToArray();
            var expected = quotas.Select(q => q.Floor).ToArray();
            var missing = (int)(quotas.Aggregate((Ratio)0, (x, y) => x + y).Floor - Hamilton.Sum(expected));
            foreach (var k in Enumerable.Range(0, Pools.Length).OrderByDescending(k => quotas[k] - expected[k])
                .ThenBy(k => new Hamilton(Village.Interval with { Pool = Pools[k], Start = start }).Tie(Village.Node(0)), StringComparer.Ordinal).Take(missing))
            {
                expected[k]++;
            }

            Assert.Equal(expected, parts.Select(p => (BigInteger)p));
            Assert.True(parts.Sum() <= quantity);
        },
        iter: TestScale.Times(2_000));

    [Fact]
    public void Split_WithBadFactors_IsRefusedWithTheReason()
    {
        string RefusalOf(long quantity, params Participation[] participations)
        {
            Assert.False(ParticipationSplit.TrySplit(Village.Node(0), Samples.Midnight, 900, quantity, participations, out _, out var error));
            return error;
        }

        Assert.Contains("sum to 1000001", RefusalOf(5, new Participation(Pools[0], 500_001), new Participation(Pools[1], 500_000)), StringComparison.Ordinal);
        Assert.Contains("strictly ascending", RefusalOf(5, new Participation(Pools[1], 1), new Participation(Pools[0], 1)), StringComparison.Ordinal);
        Assert.Contains("-1 is not in", RefusalOf(5, new Participation(Pools[0], -1)), StringComparison.Ordinal);
        Assert.Contains("-5 Wh is not in", RefusalOf(-5, new Participation(Pools[0], 1)), StringComparison.Ordinal);
    }
}
