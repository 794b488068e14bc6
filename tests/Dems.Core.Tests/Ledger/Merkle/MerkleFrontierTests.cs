using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class MerkleFrontierTests
{
    private static readonly Gen<Hash32[]> Leaves = Gen.Byte.Array[32].Select(bytes => new Hash32(bytes)).Array[0, 200];

    [Fact]
    public void Append_PublishedLeaves_GivesPublishedRoots()
    {
        var frontier = MerkleFrontier.Empty;
        Assert.Equal(CtVectors.Roots[0], frontier.Root.ToString());
        for (var i = 0; i < CtVectors.Leaves.Count; i++)
        {
            frontier = frontier.Append(MerkleHash.Leaf(CtVectors.Leaves[i]));
            Assert.Equal(i + 1, frontier.Size);
            Assert.Equal(CtVectors.Roots[i + 1], frontier.Root.ToString());
        }
    }

    [Fact]
    public void AppendAll_InAnyBatches_GivesRootOfDefinition() =>
        Gen.Select(Leaves, Gen.Int[0, 200]).Sample(
            (leaves, at) =>
            {
                at = Math.Min(at, leaves.Length);
                var whole = MerkleFrontier.Empty.AppendAll(leaves);
                var batched = MerkleFrontier.Empty.AppendAll(leaves.AsSpan(0, at)).AppendAll(leaves.Skip(at));
                var single = leaves.Aggregate(MerkleFrontier.Empty, (frontier, leaf) => frontier.Append(leaf));
                Assert.Equal(ReferenceTree.Root([.. leaves.Select(leaf => leaf.ToArray())]), whole.Root.ToArray());
                Assert.Equal(whole, batched);
                Assert.Equal(whole, single);
            },
            iter: TestScale.Times(100));

    [Fact]
    public void Append_ToSharedFrontier_LeavesItUnchanged()
    {
        var shared = MerkleFrontier.Empty.AppendAll([Samples.HashOf("a"), Samples.HashOf("b"), Samples.HashOf("c")]);
        var root = shared.Root;
        var one = shared.Append(Samples.HashOf("d"));
        var other = shared.Append(Samples.HashOf("e"));
        Assert.NotEqual(one.Root, other.Root);
        Assert.Equal((3L, root), (shared.Size, shared.Root));
        Assert.Equal(one, shared.Append(Samples.HashOf("d")));
    }

    [Fact]
    public void Encode_AnyFrontier_ComesBackAndContinues() =>
        Leaves.Sample(
            leaves =>
            {
                var frontier = MerkleFrontier.Empty.AppendAll(leaves);
                Assert.True(MerkleFrontier.TryDecode(frontier.Encode(), out var decoded, out var error), error);
                Assert.Equal(frontier, decoded);
                Assert.Equal(frontier.Append(default).Root, decoded.Append(default).Root);
            },
            iter: TestScale.Times(100));

    [Fact]
    public void Encode_LargestSize_FitsBound()
    {
        // 0x82 array, 0x1b + 8 bytes of size 2^62 − 1, 0x98 62 array, 62 × (0x58 0x20 + 32 bytes).
        byte[] bytes = [0x82, 0x1b, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x98, 62, .. Enumerable.Repeat<byte[]>([0x58, 0x20, .. new byte[32]], 62).SelectMany(b => b)];
        Assert.True(bytes.Length <= MerkleFrontier.MaxBytes);
        Assert.True(MerkleFrontier.TryDecode(bytes, out var frontier, out var error), error);
        Assert.Equal(bytes, frontier.Encode());
        var full = frontier.Append(default);
        Assert.Equal((MerkleFrontier.MaxSize, 1), (full.Size, full.Subtrees.Length));
        Assert.Throws<OverflowException>(() => full.Append(default));
    }

    [Theory]
    [InlineData("820080", "")]
    [InlineData("82018158200000000000000000000000000000000000000000000000000000000000000000", "")]
    [InlineData("8200815820" + "0000000000000000000000000000000000000000000000000000000000000000", "array of 0")]
    [InlineData("820180", "array of 1")]
    [InlineData("822080", "size must lie in")]
    [InlineData("821b400000000000000180", "size must lie in")]
    [InlineData("82180080", "frontier:")]
    [InlineData("82008000", "after the end")]
    [InlineData("83008000", "array of 2")]
    [InlineData("9f0080ff", "frontier:")]
    [InlineData("8201814100", "32 bytes")]
    [InlineData("", "frontier:")]
    public void TryDecode_ByHand_AcceptsOnlyCanonical(string hex, string reason)
    {
        Assert.Equal(reason.Length == 0, MerkleFrontier.TryDecode(Convert.FromHexString(hex), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }
}
