using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class MerkleHashTests
{
    [Fact]
    public void Empty_IsDigestOfEmptyString() => Assert.Equal(CtVectors.Roots[0], MerkleHash.Empty.ToString());

    [Theory]
    [InlineData(0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(1, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7")]
    [InlineData(2, "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7")]
    [InlineData(3, "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7")]
    [InlineData(4, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    [InlineData(5, "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658")]
    [InlineData(6, "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f")]
    [InlineData(7, "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1")]
    public void Leaf_OfPublishedData_IsPublishedHash(int leaf, string hash) =>
        Assert.Equal(hash, MerkleHash.Leaf(CtVectors.Leaves[leaf]).ToString());

    [Theory]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65_535)]
    [InlineData(1 << 20)]
    public void Leaf_OfAnyLength_IsPrefixedDigest(int length)
    {
        var data = new byte[length];
        for (var i = 0; i < length; i++)
        {
            data[i] = (byte)(i * 31);
        }

        Assert.Equal(ReferenceTree.Leaf(data), MerkleHash.Leaf(data).ToArray());
    }

    [Fact]
    public void Node_OfTwoLeaves_IsRootOfTwo() =>
        Assert.Equal(CtVectors.Roots[2], MerkleHash.Node(MerkleHash.Leaf(CtVectors.Leaves[0]), MerkleHash.Leaf(CtVectors.Leaves[1])).ToString());

    [Fact]
    public void Node_AndLeafOverSameBytes_Differ() =>
        Gen.Byte.Array[64].Sample(
            bytes => MerkleHash.Leaf(bytes) != MerkleHash.Node(new Hash32(bytes.AsSpan(0, 32)), new Hash32(bytes.AsSpan(32))),
            iter: TestScale.Times(200));

    [Fact]
    public void Hashing_Repeatedly_DoesNotAllocate()
    {
        var small = new byte[900];
        var large = new byte[60_000];
        // The runtime may allocate in between, when it compiles again or when memory is short and its array pool lets go of the buffer: not every time.
        var least = Enumerable.Range(0, 8).Min(_ => AllocatedBy(() => HashAll(small, large)));

        Assert.InRange(least, 0, 1_000);
    }

    /// <summary>Bytes that a thousand calls allocate.</summary>
    private static long AllocatedBy(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void HashAll(byte[] small, byte[] large)
    {
        _ = MerkleHash.Leaf(small);
        _ = MerkleHash.Leaf(large);
        _ = MerkleHash.Node(default, default);
    }
}
