using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class StateProofTests
{
    private static readonly Gen<StateMap> Map = Gen.Select(StateMapTests.Key, Gen.Byte.Array[0, 3]).Array[0, 30].Select(pairs =>
        StateMap.Empty.Apply(pairs.DistinctBy(pair => pair.Item1).Select(pair => StateChange.Set(pair.Item1, pair.Item2))));

    [Fact]
    public void Prove_PresentAndAbsentKeys_ConfirmsExactlyTheTruth() =>
        Gen.Select(Map, StateMapTests.Key).Sample(
            (map, other) =>
            {
                foreach (var key in map.Enumerate().Select(pair => pair.Key).Append(other).Append(Samples.HashOf("far")))
                {
                    var proof = map.Prove(key);
                    var truth = map.TryGet(key, out var value) ? value.ToArray() : null;
                    Assert.True(Confirms(proof, map.Root, key, truth));
                    Assert.False(Confirms(proof, map.Root, key, [.. value.Span, 0]));
                    Assert.False(Confirms(proof, map.Root, key, truth is null ? [] : null));
                    Assert.False(Confirms(proof, Samples.HashOf("root"), key, truth));
                }
            },
            iter: TestScale.Times(40));

    [Fact]
    public void Verify_MutatedProof_IsRefused() =>
        Gen.Select(Map, StateMapTests.Key).Sample(
            (map, key) =>
            {
                var proof = map.Prove(key);
                var truth = map.TryGet(key, out var value) ? value.ToArray() : null;
                Assert.All(Mutations.Of(proof.Siblings).Take(1_500), path => AssertRefused(map, key, truth, proof with { Siblings = path }));
                if (proof.Other is { } other)
                {
                    AssertRefused(map, key, truth, proof with { Other = null });
                    Assert.All(Mutations.OfBits(other.Key), wrong => AssertRefused(map, key, truth, proof with { Other = other with { Key = wrong } }));
                    Assert.All(Mutations.OfBits(other.ValueHash), wrong => AssertRefused(map, key, truth, proof with { Other = other with { ValueHash = wrong } }));
                }
                else
                {
                    AssertRefused(map, key, truth, proof with { Other = new StateProof.Neighbour(key, Hash32.Of(value.Span)) });
                }
            },
            iter: TestScale.Times(6));

    [Fact]
    public void Verify_LeafOfAnotherPathAsNeighbour_IsRefused()
    {
        // A genuine leaf of the map, with its genuine path, says nothing about a key that would stand elsewhere.
        var map = StateMap.Empty.Apply(Enumerable.Range(0, 50).Select(i => StateChange.Set(Samples.HashOf($"key {i}"), new[] { (byte)i })));
        var leaf = Samples.HashOf("key 7");
        var proof = map.Prove(leaf) with { Other = new StateProof.Neighbour(leaf, Hash32.Of([7])) };
        foreach (var present in Enumerable.Range(0, 50).Select(i => Samples.HashOf($"key {i}")))
        {
            Assert.False(proof.VerifyAbsent(map.Root, present));
        }
    }

    [Fact]
    public void VerifyAbsent_NeighbourOnWrongSideOfForgedRoot_IsRefused()
    {
        // No map has such a root: a leaf whose key starts with 1 stands on the left. Who signs it anyway cannot hide a key behind it.
        var absent = new Hash32(new byte[32]);
        var neighbour = new StateProof.Neighbour(new Hash32([0x80, .. new byte[31]]), Samples.HashOf("value"));
        var leaf = MerkleHash.Leaf([.. neighbour.Key.ToArray(), .. neighbour.ValueHash.ToArray()]);
        var sibling = Samples.HashOf("sibling");
        Assert.False(new StateProof([sibling], neighbour).VerifyAbsent(MerkleHash.Node(leaf, sibling), absent));
        Assert.True(new StateProof([], neighbour).VerifyAbsent(leaf, absent));
    }

    [Fact]
    public void Encode_AnyProof_ComesBackEqualAndFlippedBitsAreCaught() =>
        Gen.Select(Map, StateMapTests.Key).Sample(
            (map, key) =>
            {
                var proof = map.Prove(key);
                var truth = map.TryGet(key, out var value) ? value.ToArray() : null;
                var bytes = proof.Encode();
                Assert.True(StateProof.TryDecode(bytes, out var decoded, out var error), error);
                Assert.Equal(proof, decoded);
                Assert.All(Mutations.OfBits(bytes).Take(1_500), wrong => Assert.False(StateProof.TryDecode(wrong, out var other, out _) && Confirms(other, map.Root, key, truth)));
                Assert.All(Mutations.OfLength(bytes).Take(500), wrong => Assert.False(StateProof.TryDecode(wrong, out _, out _)));
            },
            iter: TestScale.Times(6));

    [Fact]
    public void Encode_DeepestProof_FitsBound()
    {
        var proof = new StateProof(new Hash32[256], new StateProof.Neighbour(default, default));
        Assert.True(proof.Encode().Length <= StateProof.MaxBytes);
        Assert.True(StateProof.TryDecode(proof.Encode(), out _, out var error), error);
        Assert.False(StateProof.TryDecode(new StateProof(new Hash32[257], null).Encode(), out _, out _));
        Assert.False(new StateProof(new Hash32[257], null).VerifyAbsent(default, default));
        Assert.False(new StateProof(new Hash32[257], null).VerifyPresent(default, default, []));
    }

    [Theory]
    [InlineData("8280f6", "")]
    [InlineData("8180", "array of 2")]
    [InlineData("8280f7", "state proof:")]
    [InlineData("828080", "array of 2")]
    [InlineData("8280f600", "after the end")]
    [InlineData("829ffff6", "state proof:")]
    public void TryDecode_ByHand_AcceptsOnlyStrictForm(string hex, string reason)
    {
        Assert.Equal(reason.Length == 0, StateProof.TryDecode(Convert.FromHexString(hex), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static bool Confirms(StateProof proof, Hash32 root, Hash32 key, byte[]? truth) =>
        truth is null ? proof.VerifyAbsent(root, key) : proof.VerifyPresent(root, key, truth);

    private static void AssertRefused(StateMap map, Hash32 key, byte[]? truth, StateProof proof) =>
        Assert.False(Confirms(proof, map.Root, key, truth));
}
