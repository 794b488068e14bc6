using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Xunit;

namespace Dems.Core.Tests.Ledger.Encoding;

public sealed class ConsensusCodecsTests
{
    [Fact]
    public void Vote_ForBlockAndForNil_ComesBackEqual()
    {
        foreach (var vote in new[] { Samples.Vote, Samples.NilVote })
        {
            Assert.True(VoteCodec.TryDecode(VoteCodec.Encode(vote), out var decoded, out var error), error);
            Assert.Equal(vote with { Signature = default }, decoded with { Signature = default });
            Assert.Equal(vote.Signature.ToArray(), decoded.Signature.ToArray());
        }
    }

    [Fact]
    public void Vote_NilWrittenAsZeroHash_IsRefused()
    {
        var nil = VoteCodec.Encode(Samples.NilVote);
        var at = Array.IndexOf(nil, (byte)0xf6);
        byte[] second = [.. nil[..at], 0x58, 0x20, .. new byte[32], .. nil[(at + 1)..]];
        Assert.False(VoteCodec.TryDecode(second, out _, out var error));
        Assert.Contains("not zero", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Vote_Unsigned_IsNotEncoded() =>
        Assert.Throws<ArgumentException>(() => VoteCodec.Encode(Samples.Vote with { Signature = default }));

    [Fact]
    public void Proposal_Decoded_CarriesHashOfItsHeader()
    {
        Assert.True(ProposalCodec.TryDecode(ProposalCodec.Encode(Samples.Proposal), out var decoded, out var error), error);
        Assert.Equal(HeaderCodec.Hash(Samples.Header), decoded.BlockHash);
        Assert.Equal(Samples.Header, decoded.Block.Header);
        Assert.Equal(Samples.Block.Leaves, decoded.Block.Leaves);
        Assert.Equal((4, 2, 1), (decoded.Round, decoded.ValidRound, decoded.Proposer));
        Assert.Equal(Samples.Proposal.Signature.ToArray(), decoded.Signature.ToArray());
    }

    [Fact]
    public void Block_Decoded_ComesBackEqual()
    {
        Assert.True(BlockCodec.TryDecode(BlockCodec.Encode(Samples.Block), out var decoded, out var hash, out var error), error);
        Assert.Equal(Samples.Header, decoded.Header);
        Assert.Equal(Samples.Block.Leaves, decoded.Leaves);
        Assert.Equal(HeaderCodec.Hash(Samples.Header), hash);
    }

    [Fact]
    public void Block_WithRepeatedLeaf_IsRefused()
    {
        var leaf = new LeafHash(Samples.HashOf("a"));
        var bytes = BlockCodec.Encode(Samples.Block with { Leaves = [leaf, new LeafHash(Samples.HashOf("b")), leaf] });
        Assert.False(BlockCodec.TryDecode(bytes, out _, out var error));
        Assert.Contains("twice", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Block.MaxEntries, true)]
    [InlineData(Block.MaxEntries + 1, false)]
    public void Block_AtItsLimit_IsDecodedOnlyUpToIt(int count, bool expected)
    {
        var leaves = Enumerable.Range(0, count).Select(i => new LeafHash(Samples.HashOf($"leaf {i}"))).ToArray();
        Assert.Equal(expected, BlockCodec.TryDecode(BlockCodec.Encode(new Block(Samples.Header, leaves)), out _, out _));
    }

    [Fact]
    public void Block_WithBrokenLeaf_IsRefused()
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(2);
        writer.WriteByteString(HeaderCodec.Encode(Samples.Header));
        writer.WriteByteString(new byte[33]);
        writer.WriteEndArray();
        Assert.False(BlockCodec.TryDecode(writer.Encode(), out _, out var error));
        Assert.Contains("multiple of 32", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_Decoded_ComesBackEqual()
    {
        Assert.True(CertificateCodec.TryDecode(CertificateCodec.Encode(Samples.Certificate), out var decoded, out var error), error);
        Assert.Equal(Samples.Certificate.Block, decoded.Block);
        Assert.Equal((Samples.Certificate.Height, Samples.Certificate.Round), (decoded.Height, decoded.Round));
        Assert.Equal([0, 2, 3], decoded.Signatures.Select(s => s.Validator));
        Assert.Equal(Samples.SignatureOf("2"), decoded.Signatures[1].Signature.ToArray());
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 1)]
    public void Certificate_ValidatorsNotAscending_IsRefused(int first, int second)
    {
        var bytes = CertificateCodec.Encode(Samples.Certificate with
        {
            Signatures = [new CommitSignature(first, Samples.SignatureOf("x")), new CommitSignature(second, Samples.SignatureOf("y"))],
        });
        Assert.False(CertificateCodec.TryDecode(bytes, out _, out var error));
        Assert.Contains("ascend", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Codecs_NestedInOneMessage_ReadBackInOrder()
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(4);
        VoteCodec.Write(writer, Samples.Vote);
        ProposalCodec.Write(writer, Samples.Proposal);
        BlockCodec.Write(writer, Samples.Block);
        CertificateCodec.Write(writer, Samples.Certificate);
        writer.WriteEndArray();

        var reader = new CborReader(writer.Encode(), CborConformanceMode.Canonical);
        Canonical.ReadArray(reader, 4);
        Assert.Equal(Samples.Vote.Block, VoteCodec.Read(reader).Block);
        Assert.Equal(Samples.Proposal.BlockHash, ProposalCodec.Read(reader).BlockHash);
        Assert.Equal(Samples.Header, BlockCodec.Read(reader).Block.Header);
        Assert.Equal(3, CertificateCodec.Read(reader).Signatures.Count);
        reader.ReadEndArray();
        Assert.Equal(0, reader.BytesRemaining);
    }
}
