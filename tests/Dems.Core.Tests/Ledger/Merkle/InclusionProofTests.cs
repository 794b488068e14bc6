using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class InclusionProofTests
{
    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(0, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(5, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void ProveInclusion_PublishedTree_GivesPublishedPath(int index, int size, string path)
    {
        Hash32[] leaves = [.. CtVectors.Leaves.Take(size).Select(leaf => MerkleHash.Leaf(leaf))];
        var proof = MerkleTree.ProveInclusion(leaves, index);
        Assert.Equal(path, string.Join(' ', proof.Path));
        Assert.True(proof.Verify(leaves[index], size, CtVectors.Hash(CtVectors.Roots[size])));
    }

    [Fact]
    public void Prove_EveryLeafOfEverySizeUpTo40_IsPathOfDefinitionAndVerifies()
    {
        var tree = new TestTree(40);
        for (var size = 1; size <= 40; size++)
        {
            var root = new Hash32(ReferenceTree.Root(tree.Raw(size)));
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.ProveInclusion(tree, index, size);
                Assert.Equal(ReferenceTree.Path(index, tree.Raw(size)), proof.Path.Select(hash => hash.ToArray()));
                Assert.True(proof.Verify(tree.Leaves[index], size, root));
                Assert.Equal(proof, MerkleTree.ProveInclusion(tree.Leaves[..size], index));
            }
        }
    }

    [Fact]
    public void Verify_AnyOtherStatement_IsRefused()
    {
        var tree = new TestTree(13);
        foreach (var size in new[] { 1, 2, 3, 5, 8, 13 })
        {
            var root = MerkleTree.Root(tree, size);
            for (var index = 0; index < size; index++)
            {
                var proof = MerkleTree.ProveInclusion(tree, index, size);
                var leaf = tree.Leaves[index];
                Assert.All(Mutations.Of(proof.Path), path => Assert.False((proof with { Path = path }).Verify(leaf, size, root)));
                for (var other = -1; other <= size + 1; other++)
                {
                    Assert.Equal(other == index, (proof with { Index = other }).Verify(leaf, size, root));
                    Assert.Equal(other == size, (proof with { TreeSize = other }).Verify(leaf, size, root));
                    Assert.Equal(other == size, proof.Verify(leaf, other, root));
                }

                Assert.All(Mutations.OfBits(leaf), wrong => Assert.False(proof.Verify(wrong, size, root)));
                Assert.All(Mutations.OfBits(root), wrong => Assert.False(proof.Verify(leaf, size, wrong)));
            }
        }
    }

    [Fact]
    public void TryComputeRoot_PathOfOtherLength_HasNone()
    {
        var tree = new TestTree(20);
        for (var size = 1; size <= 20; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var right = ReferenceTree.Path(index, tree.Raw(size)).Count;
                for (var length = 0; length <= right + 2; length++)
                {
                    Assert.Equal(length == right, new InclusionProof(index, size, new Hash32[length]).TryComputeRoot(default, out _));
                }
            }
        }
    }

    [Fact]
    public void Encode_AnyProof_ComesBackEqual() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[0, 69]).Sample(
            (size, at) =>
            {
                var proof = MerkleTree.ProveInclusion(new TestTree(size), at % size, size);
                Assert.True(InclusionProof.TryDecode(proof.Encode(), out var decoded, out var error), error);
                Assert.Equal(proof, decoded);
            },
            iter: TestScale.Times(50));

    [Fact]
    public void TryDecode_EverySingleBitFlipped_IsRefusedOrDoesNotVerify()
    {
        var tree = new TestTree(300);
        var root = MerkleTree.Root(tree, 300);
        var bytes = MerkleTree.ProveInclusion(tree, 270, 300).Encode();
        Assert.All(Mutations.OfBits(bytes), wrong =>
            Assert.False(InclusionProof.TryDecode(wrong, out var proof, out _) && proof.Verify(tree.Leaves[270], 300, root)));
        Assert.All(Mutations.OfLength(bytes), wrong => Assert.False(InclusionProof.TryDecode(wrong, out _, out _)));
    }

    [Theory]
    [InlineData("83010080", "")]
    [InlineData("83000080", "tree size must lie in")]
    [InlineData("83010180", "leaf index must lie in")]
    [InlineData("83012080", "leaf index must lie in")]
    [InlineData("831801008000", "inclusion proof:")]
    [InlineData("820100", "array of 3")]
    [InlineData("8301008140", "32 bytes")]
    public void TryDecode_ByHand_AcceptsOnlyStrictForm(string hex, string reason)
    {
        Assert.Equal(reason.Length == 0, InclusionProof.TryDecode(Convert.FromHexString(hex), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryDecode_PathOf64_IsRefused()
    {
        var longest = new InclusionProof(0, 1, new Hash32[63]).Encode();
        Assert.True(longest.Length <= InclusionProof.MaxBytes);
        Assert.True(InclusionProof.TryDecode(longest, out _, out _));
        Assert.False(InclusionProof.TryDecode(new InclusionProof(0, 1, new Hash32[64]).Encode(), out _, out var error));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData(-1, 5)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    public void Prove_OutsideTree_Throws(long index, long size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleTree.ProveInclusion(new TestTree(5), index, size));
}
