using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Tests.Allocation.Reference;

/// <summary>Largest remainder as a textbook has it: floors, then one unit each by a sorted list.</summary>
internal sealed class Hamilton(AllocationInterval interval)
{
    /// <summary>Where an address stands among equals.</summary>
    public string Tie(NodeAddress address)
    {
        var time = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(time, interval.Start);
        BinaryPrimitives.WriteInt32BigEndian(time.AsSpan(8), interval.Duration);
        return Convert.ToHexString(SHA256.HashData([.. interval.Pool.Value.ToArray(), .. time, .. address.ToArray()]));
    }

    /// <summary>Rounds quotas so that they sum to the integer part of their sum.</summary>
    public BigInteger[] Round(IReadOnlyList<NodeAddress> nodes, IReadOnlyList<Ratio> quotas)
    {
        var rounded = quotas.Select(q => q.Floor).ToArray();
        var missing = (int)(quotas.Aggregate((Ratio)0, (x, y) => x + y).Floor - Sum(rounded));
        var ranking = Enumerable.Range(0, rounded.Length)
            .OrderByDescending(i => quotas[i] - rounded[i])
            .ThenBy(i => Tie(nodes[i]), StringComparer.Ordinal);
        foreach (var i in ranking.Take(missing))
        {
            rounded[i]++;
        }

        return rounded;
    }

    public static BigInteger Sum(IEnumerable<BigInteger> values) => values.Aggregate(BigInteger.Zero, (x, y) => x + y);
}
