using System.Security.Cryptography;
using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class ResultsTreeTests
{
    private static readonly byte[] Seed = Samples.HashOf("seed").ToArray();
    private static readonly Gen<byte[][]> Rows = Gen.Byte.Array[0, 5].Array[1, 20];

    [Fact]
    public void Build_WithoutRows_HasRootOfEmptyTree() => Assert.Equal(MerkleHash.Empty, ResultsTree.Build(Seed, []).Root);

    [Fact]
    public void Root_AnyRows_IsThatOfDefinition() =>
        Rows.Sample(
            rows =>
            {
                var leaves = rows.Select((row, i) => ReferenceTree.Leaf([.. Salt(Seed, i), .. row])).ToArray();
                Assert.Equal(SHA256.HashData([2, 0, 0, 0, 0, 0, 0, 0, (byte)rows.Length, .. ReferenceTree.Root(leaves)]), Build(rows).Root.ToArray());
            },
            iter: TestScale.Times(100));

    [Fact]
    public void Root_RowsLongerThanTheLanesTake_IsThatOfDefinition()
    {
        byte[][] rows = [.. Enumerable.Range(0, 19).Select(i => new byte[i == 9 ? 5_000 : 60 * i])];
        var leaves = rows.Select((row, i) => ReferenceTree.Leaf([.. Salt(Seed, i), .. row])).ToArray();

        Assert.Equal(SHA256.HashData([2, 0, 0, 0, 0, 0, 0, 0, (byte)rows.Length, .. ReferenceTree.Root(leaves)]), Build(rows).Root.ToArray());
    }

    [Fact]
    public void Prove_EachRow_VerifiesForThatRowOnly() =>
        Rows.Sample(
            rows =>
            {
                var tree = Build(rows);
                for (var i = 0; i < rows.Length; i++)
                {
                    var proof = tree.Prove(i);
                    Assert.True(proof.Verify(rows[i], tree.Root));
                    Assert.False(proof.Verify([.. rows[i], 0], tree.Root));
                    Assert.False(proof.Verify(rows[i], Samples.HashOf("root")));

                    // A byte moved from the salt to the row leaves the hashed bytes as they are.
                    Assert.False((proof with { Salt = proof.Salt[..^1] }).Verify([proof.Salt.Span[^1], .. rows[i]], tree.Root));
                    Assert.True(ResultProof.TryDecode(proof.Encode(), out var decoded, out var error), error);
                    Assert.Equal(proof, decoded);
                }
            },
            iter: TestScale.Times(50));

    [Fact]
    public void Prove_EverySingleBitOfSaltOrPathFlipped_IsRefused()
    {
        byte[][] rows = [[1], [2], [3], [4], [5], [6], [7]];
        var tree = Build(rows);
        var proof = tree.Prove(5);
        Assert.All(Mutations.OfBits(proof.Salt.ToArray()), salt => Assert.False((proof with { Salt = salt }).Verify(rows[5], tree.Root)));
        Assert.All(Mutations.Of(proof.Inclusion.Path), path => Assert.False((proof with { Inclusion = proof.Inclusion with { Path = path } }).Verify(rows[5], tree.Root)));
        Assert.All(Mutations.OfLength(proof.Encode()), bytes => Assert.False(ResultProof.TryDecode(bytes, out _, out _)));
    }

    [Fact]
    public void Verify_AnotherIndexOrCount_IsRefusedEvenWhereThePathFits()
    {
        byte[][] rows = [[1], [2], [3], [4], [5]];
        var tree = Build(rows);
        for (var i = 0; i < rows.Length; i++)
        {
            var proof = tree.Prove(i);
            for (var count = 1; count < 10; count++)
            {
                for (var index = 0; index < count; index++)
                {
                    var claimed = proof with { Inclusion = proof.Inclusion with { Index = index, TreeSize = count } };
                    Assert.Equal((index, count) == (i, 5), claimed.Verify(rows[i], tree.Root));
                }
            }
        }
    }

    [Fact]
    public void Root_EqualRowsUnderAnotherSeed_Differs() =>
        Assert.NotEqual(Build([[1], [1]]).Root, ResultsTree.Build(Samples.HashOf("other").ToArray(), [new byte[] { 1 }, new byte[] { 1 }]).Root);

    [Fact]
    public void Path_OfRow_DoesNotShowEqualNeighbour()
    {
        // Rows of one value: an unblinded neighbour would have the hash of the known row.
        var proof = Build([[0], [0]]).Prove(0);
        Assert.NotEqual(MerkleHash.Leaf([.. proof.Salt.Span, 0]), proof.Inclusion.Path[0]);
        Assert.NotEqual(MerkleHash.Leaf([0]), proof.Inclusion.Path[0]);
    }

    [Fact]
    public void Derive_ManyRowsAndSeeds_GivesDistinctSalts()
    {
        var salts = Enumerable.Range(0, 50).SelectMany(seed => Enumerable.Range(0, 50).Select(i => Convert.ToHexString(ResultSalts.Derive(Samples.HashOf($"{seed}").ToArray(), i))));
        Assert.Equal(2_500, salts.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Derive_WrongSeedOrIndex_Throws()
    {
        Assert.Throws<ArgumentException>(() => ResultSalts.Derive(new byte[31], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ResultSalts.Derive(Seed, -1));
    }

    [Fact]
    public void TryDecode_WrongSaltOrInclusion_IsRefusedWithReason()
    {
        Assert.False(ResultProof.TryDecode(Convert.FromHexString("824100" + "44" + "83010080"), out _, out var error));
        Assert.Contains("16 bytes", error, StringComparison.Ordinal);
        Assert.False(ResultProof.TryDecode(Convert.FromHexString("8250" + new string('0', 32) + "44" + "83010180"), out _, out error));
        Assert.Contains("leaf index", error, StringComparison.Ordinal);
        Assert.True(ResultProof.TryDecode(Convert.FromHexString("8250" + new string('0', 32) + "44" + "83010080"), out _, out error), error);
    }

    private static ResultsTree Build(byte[][] rows) => ResultsTree.Build(Seed, [.. rows.Select(row => (ReadOnlyMemory<byte>)row)]);

    private static byte[] Salt(byte[] seed, int index)
    {
        byte[] message = [.. "dems/result-salt/1"u8, 0, 0, 0, 0, 0, 0, 0, (byte)index];
        return HMACSHA256.HashData(seed, message)[..16];
    }
}
