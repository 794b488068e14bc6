using System.Buffers.Binary;
using System.Security.Cryptography;
using CsCheck;
using Dems.Core.Allocation;
using Dems.Core.Allocation.Arithmetic;
using Dems.Core.Energy;
using Xunit;

namespace Dems.Core.Tests.Allocation;

public sealed class TieTests
{
    [Fact]
    public void Order_OfAnAddress_IsTheHashOfPoolIntervalAndAddress()
    {
        var interval = Village.Interval with { Start = 0x0102030405, Duration = 0x0607 };
        byte[] time = [0, 0, 0, 1, 2, 3, 4, 5, 0, 0, 6, 7];
        NodeAddress[] nodes = [.. Enumerable.Range(0, 19).Select(Village.Node)];
        var words = new ulong[nodes.Length];

        var ties = new TieOrder(interval);
        ties.FirstWordsOf(nodes, [.. Enumerable.Range(0, nodes.Length)], words);

        Assert.All(nodes.Zip(words), pair =>
        {
            var expected = SHA256.HashData([.. interval.Pool.Value.ToArray(), .. time, .. pair.First.ToArray()]);
            Assert.Equal(BinaryPrimitives.ReadUInt64BigEndian(expected), pair.Second);
            Assert.Equal(new Hash32(expected), ties.KeyOf(pair.First));
        });
    }

    [Fact]
    public void Selection_OfAnyKeys_FindsTheRank() => Gen.Select(
        Gen.OneOf(Gen.ULong[0, 5], Gen.ULong[0, 5_000], Gen.ULong).Array[1, 60], Gen.Int[0, 59]).Sample(
        (keys, rank) =>
        {
            var wanted = rank % keys.Length + 1;
            var (threshold, equal) = new Selection().Largest(keys, wanted, keys.Max());
            var sorted = keys.OrderDescending().ToArray();
            return threshold == sorted[wanted - 1] && equal == wanted - sorted.Count(key => key > threshold);
        },
        iter: TestScale.Times(2_000));

    /// <summary>Products beyond 64 bits take another path: multiplying amount and divisor by the same factor must change nothing.</summary>
    [Fact]
    public void LargestRemainder_ScaledBeyond64Bits_GivesTheSame() => Gen.Select(Gen.Long[0, 1_000], Gen.Long[0, 50].Array[1, 12], Gen.Long[0, 30]).Sample(
        (amount, weights, more) =>
        {
            const long Scale = 1L << 45;
            var divisor = Math.Max(1, weights.Sum() + more);
            NodeAddress[] nodes = [.. weights.Select((_, i) => Village.Node(i))];
            var sharing = new LargestRemainder(nodes, new RemainderSpace(Village.Interval, nodes.Length));
            var narrow = new long[weights.Length];
            var wide = new long[weights.Length];
            var total = sharing.Share("", amount, weights, divisor, narrow);
            return sharing.Share("", amount * Scale, [.. weights.Select(w => w * Scale)], divisor * Scale, wide) == sharing.Share("", amount * Scale, weights, divisor, new long[weights.Length])
                && sharing.Share("", amount, [.. weights.Select(w => w * Scale)], divisor * Scale, wide) == total
                && narrow.SequenceEqual(wide);
        },
        iter: TestScale.Times(2_000));

    /// <summary>
    /// Seven equal nodes, three units: each wins 3/7 of the time. By Hoeffding's inequality and seven nodes, a fair order strays further than t from that with
    /// probability 14·exp(−2Nt²) = 10⁻⁹ at most.
    /// </summary>
    [Theory]
    [InlineData(900)]
    [InlineData(3_600)]
    public void Ties_OverManyIntervals_FavourNobody(int duration)
    {
        const int Intervals = 4_000;
        var wins = new long[7];
        NodeAddress[] nodes = [.. Enumerable.Range(0, wins.Length).Select(Village.Node)];
        Assert.True(AllocationPlan.TryCreate(Samples.Chain, Carrier.Electricity, Village.Policy(Village.ProRata), nodes, out var plan, out _));
        var outcome = plan.NewOutcome();
        for (var interval = 0; interval < Intervals; interval++)
        {
            Assert.True(plan.TryAllocate(Samples.Midnight + (long)interval * duration, duration, [1, 1, 1, 1, 1, 1, 1], [3, 0, 0, 0, 0, 0, 0], null, outcome, out _));
            for (var i = 0; i < wins.Length; i++)
            {
                wins[i] += outcome.Given[i];
            }
        }

        var bound = Math.Sqrt(Math.Log(14e9) / (2.0 * Intervals));
        Assert.Equal(3L * Intervals, wins.Sum());
        Assert.All(wins, won => Assert.InRange((double)won / Intervals, 3.0 / 7 - bound, 3.0 / 7 + bound));
    }

    /// <summary>The order depends on the pool: whoever wins in one pool does not win in every other.</summary>
    [Fact]
    public void Ties_InOtherPools_AreBrokenOtherwise()
    {
        var winners = Enumerable.Range(0, 64).Select(pool =>
        {
            var id = new byte[Hash32.Size];
            BinaryPrimitives.WriteInt32BigEndian(id, pool);
            var ties = new TieOrder(Village.Interval with { Pool = new Core.Ledger.ChainId(new Hash32(id)) });
            return ties.Sorted([Village.Node(0), Village.Node(1)], [0, 1])[0];
        });

        Assert.InRange(winners.Sum(), 8, 56);
    }
}
