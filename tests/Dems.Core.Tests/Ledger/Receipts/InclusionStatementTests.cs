using System.Security.Cryptography.Cose;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Xunit;

namespace Dems.Core.Tests.Ledger.Receipts;

/// <summary>The statement as others see it: a COSE Receipt of RFC 9942.</summary>
public sealed class InclusionStatementTests
{
    private static readonly Hash32[] Leaves = [.. Enumerable.Range(0, 5).Select(i => Samples.HashOf($"leaf {i}"))];

    [Fact]
    public void Receipt_CheckedByTheFrameworksCose_HasTheRegisteredHeadersAndAValidSignatureOverTheRoot()
    {
        var signer = new EcdsaSigner();
        var root = MerkleTree.Root(Leaves);
        var statement = InclusionStatement.Sign(MerkleTree.ProveInclusion(Leaves, 3), root, signer);

        var message = CoseMessage.DecodeSign1(statement.Encode());

        Assert.Null(message.Content);
        Assert.True(message.VerifyDetached(signer.Key, root.ToArray()));
        Assert.False(message.VerifyDetached(signer.Key, Samples.HashOf("another root").ToArray()));
        Assert.Equal(-7, message.ProtectedHeaders.GetValueAsInt32(CoseHeaderLabel.Algorithm));
        Assert.Equal(1, message.ProtectedHeaders.GetValueAsInt32(new CoseHeaderLabel(395)));
        Assert.Equal([0x04, .. signer.PublicKey.Bytes], message.ProtectedHeaders.GetValueAsBytes(CoseHeaderLabel.KeyIdentifier));

        // {-1: [proof]}: map of 1, −1, array of 1, byte string.
        var proofs = message.UnprotectedHeaders[new CoseHeaderLabel(396)].EncodedValue.Span;
        Assert.Equal([0xA1, 0x20, 0x81, 0x58], proofs[..4].ToArray());
        Assert.Equal(statement.Inclusion.Encode(), proofs[5..].ToArray());
    }

    [Fact]
    public void Statement_Decoded_IsTheSameAndVerifies()
    {
        var signer = new KeyedHashSigner("receipt key");
        var statement = InclusionStatement.Sign(MerkleTree.ProveInclusion(Leaves, 4), MerkleTree.Root(Leaves), signer);

        Assert.True(InclusionStatement.TryDecode(statement.Encode(), out var decoded, out var error), error);

        Assert.Equal(statement.Encode(), decoded.Encode());
        Assert.True(decoded.Verify(new LeafHash(Leaves[4]), KeyedHashSigner.Verifier));
        Assert.False(decoded.Verify(new LeafHash(Leaves[3]), KeyedHashSigner.Verifier));
    }

    [Theory]
    [InlineData(0, 0xD1, "tag 18")]
    [InlineData(5, 0x02, "a label must be 1")]
    [InlineData(6, 0x25, "the algorithm must be -7")]
    [InlineData(10, 0x03, "uncompressed point")]
    [InlineData(78, 0x02, "the verifiable data structure must be 1")]
    public void Statement_OfAnotherProfile_IsRefused(int place, byte value, string reason)
    {
        var bytes = InclusionStatement.Sign(MerkleTree.ProveInclusion(Leaves, 4), MerkleTree.Root(Leaves), new KeyedHashSigner("receipt key")).Encode();
        bytes[place] = value;

        Assert.False(InclusionStatement.TryDecode(bytes, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Statement_OfTheOnlyLeaf_HasAnEmptyPath()
    {
        var (leaf, signer) = (Leaves[0], new EcdsaSigner());
        var statement = InclusionStatement.Sign(MerkleTree.ProveInclusion([leaf], 0), leaf, signer);

        Assert.True(InclusionStatement.TryDecode(statement.Encode(), out var decoded, out var error), error);
        Assert.Empty(decoded.Inclusion.Path);
        Assert.True(decoded.Verify(new LeafHash(leaf), EcdsaSigner.Verifier));
    }
}
