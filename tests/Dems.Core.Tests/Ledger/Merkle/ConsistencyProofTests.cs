using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class ConsistencyProofTests
{
    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void ProveConsistency_PublishedTree_GivesPublishedPath(int oldSize, int newSize, string path)
    {
        var tree = new TestTree([.. CtVectors.Leaves.Select(leaf => MerkleHash.Leaf(leaf))]);
        var proof = MerkleTree.ProveConsistency(tree, oldSize, newSize);
        Assert.Equal(path, string.Join(' ', proof.Path));
        Assert.True(proof.Verify(oldSize, CtVectors.Hash(CtVectors.Roots[oldSize]), newSize, CtVectors.Hash(CtVectors.Roots[newSize])));
    }

    [Fact]
    public void Prove_EveryPairOfSizesUpTo40_IsProofOfDefinitionAndVerifies()
    {
        var tree = new TestTree(40);
        for (var newSize = 1; newSize <= 40; newSize++)
        {
            var newRoot = new Hash32(ReferenceTree.Root(tree.Raw(newSize)));
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                var proof = MerkleTree.ProveConsistency(tree, oldSize, newSize);
                Assert.Equal(ReferenceTree.Consistency(oldSize, tree.Raw(newSize)), proof.Path.Select(hash => hash.ToArray()));
                Assert.True(proof.Verify(oldSize, new Hash32(ReferenceTree.Root(tree.Raw(oldSize))), newSize, newRoot));
                Assert.True(ConsistencyProof.TryDecode(proof.Encode(), out var decoded, out var error), error);
                Assert.Equal(proof, decoded);
            }
        }
    }

    [Fact]
    public void Verify_AnyOtherStatement_IsRefused()
    {
        var tree = new TestTree(11);
        foreach (var newSize in new[] { 1, 2, 3, 6, 8, 11 })
        {
            var newRoot = MerkleTree.Root(tree, newSize);
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                var oldRoot = MerkleTree.Root(tree, oldSize);
                var proof = MerkleTree.ProveConsistency(tree, oldSize, newSize);
                Assert.All(Mutations.Of(proof.Path), path => Assert.False((proof with { Path = path }).Verify(oldSize, oldRoot, newSize, newRoot)));
                Assert.All(Mutations.OfBits(oldRoot), wrong => Assert.False(proof.Verify(oldSize, wrong, newSize, newRoot)));
                Assert.All(Mutations.OfBits(newRoot), wrong => Assert.False(proof.Verify(oldSize, oldRoot, newSize, wrong)));
                for (var other = -1; other <= newSize + 1; other++)
                {
                    Assert.Equal(other == oldSize, (proof with { OldSize = other }).Verify(oldSize, oldRoot, newSize, newRoot));
                    Assert.Equal(other == newSize, (proof with { NewSize = other }).Verify(oldSize, oldRoot, newSize, newRoot));
                }
            }
        }
    }

    [Fact]
    public void Verify_RootUnderAnotherSize_IsRefused()
    {
        // The hashes fit, the sizes do not: a root of three leaves passed off as one of more, then a root one level above the claimed tree.
        var tree = new TestTree(3);
        var (two, three, path) = (MerkleTree.Root(tree, 2), MerkleTree.Root(tree, 3), new[] { tree.Leaves[2] });
        Assert.True(new ConsistencyProof(2, 3, path).Verify(2, two, 3, three));

        // Four leaves have a path of the same shape; that is why a size is trusted only together with its root.
        Assert.True(new ConsistencyProof(2, 4, path).Verify(2, two, 4, three));
        for (var size = 5; size < 20; size++)
        {
            Assert.False(new ConsistencyProof(2, size, path).Verify(2, two, size, three));
        }

        var (extra, oneLeaf) = (Samples.HashOf("extra"), tree.Leaves[0]);
        var above = MerkleHash.Node(extra, MerkleHash.Node(oneLeaf, tree.Leaves[1]));
        Assert.False(new ConsistencyProof(1, 2, [tree.Leaves[1], extra]).Verify(1, MerkleHash.Node(extra, oneLeaf), 2, above));
    }

    [Fact]
    public void Verify_LongerPathThanTree_IsRefused()
    {
        // Beyond the root both sides would go on alike: three leaves of seven, everything wrapped once more.
        var tree = new TestTree(7);
        var extra = Samples.HashOf("extra");
        var proof = MerkleTree.ProveConsistency(tree, 3, 7);
        var (old, whole) = (MerkleHash.Node(extra, MerkleTree.Root(tree, 3)), MerkleHash.Node(extra, MerkleTree.Root(tree, 7)));
        Assert.False((proof with { Path = [.. proof.Path, extra] }).Verify(3, old, 7, whole));
    }

    [Fact]
    public void Verify_TreeWithRewrittenPast_IsRefused()
    {
        var honest = new TestTree(50);
        var rewritten = new TestTree([.. honest.Leaves.Select((leaf, i) => i == 20 ? Samples.HashOf("forged") : leaf)]);
        for (var oldSize = 21; oldSize <= 50; oldSize++)
        {
            var proof = MerkleTree.ProveConsistency(rewritten, oldSize, 50);
            Assert.False(proof.Verify(oldSize, MerkleTree.Root(honest, oldSize), 50, MerkleTree.Root(rewritten, 50)));
        }

        Assert.True(MerkleTree.ProveConsistency(rewritten, 20, 50).Verify(20, MerkleTree.Root(honest, 20), 50, MerkleTree.Root(rewritten, 50)));
    }

    [Fact]
    public void TryDecode_EverySingleBitFlipped_IsRefusedOrDoesNotVerify()
    {
        var tree = new TestTree(300);
        var (oldRoot, newRoot) = (MerkleTree.Root(tree, 271), MerkleTree.Root(tree, 300));
        var bytes = MerkleTree.ProveConsistency(tree, 271, 300).Encode();
        Assert.All(Mutations.OfBits(bytes), wrong =>
            Assert.False(ConsistencyProof.TryDecode(wrong, out var proof, out _) && proof.Verify(271, oldRoot, 300, newRoot)));
        Assert.All(Mutations.OfLength(bytes), wrong => Assert.False(ConsistencyProof.TryDecode(wrong, out _, out _)));
    }

    [Theory]
    [InlineData("83010180", "")]
    [InlineData("83000180", "old size must lie in")]
    [InlineData("83020180", "new size must lie in")]
    [InlineData("8401018000", "array of 3")]
    public void TryDecode_ByHand_AcceptsOnlyStrictForm(string hex, string reason)
    {
        Assert.Equal(reason.Length == 0, ConsistencyProof.TryDecode(Convert.FromHexString(hex), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(6, 5)]
    public void Prove_OutsideTree_Throws(long oldSize, long newSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveConsistency(new TestTree(5), oldSize, newSize));
}
