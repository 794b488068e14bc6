using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Xunit;

namespace Dems.Core.Tests.Ledger.Encoding;

public sealed class EntryCodecTests
{
    public static TheoryData<string> Kinds => [.. Samples.Entries.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Entry_OfEachKind_OpensToWhatWasSigned(string kind)
    {
        var bytes = Samples.Entries[kind];
        Assert.True(EntryCodec.TryOpen(bytes, KeyedHashSigner.Verifier, out var entry, out var error), error.ToString());
        Assert.Equal(Samples.Chain, entry.Chain);
        Assert.Equal(Samples.Salt, entry.Salt.ToArray());
        Assert.Equal(LeafHash.Of(bytes), entry.Leaf);
        Assert.Equal(Hash32.Of([0, .. bytes]), entry.Leaf.Value);
        var again = EntryBuilder.Sign(entry.Body, entry.Chain, entry.Sequence, entry.Salt.Span, SignerOf(entry));
        Assert.Equal(bytes, again);
    }

    [Fact]
    public void Batch_Opened_HoldsItsReadingsInOrder()
    {
        var entry = Open(Samples.Entries["batch"]);
        var batch = Assert.IsType<ReadingBatch>(entry.Body);
        Assert.Equal(10, batch.Count);
        Assert.Equal(Samples.Batch.Expand(), batch.Expand());
        Assert.Equal((7L, Samples.NodeKey.PublicKey), (entry.Sequence, entry.Signer));
    }

    [Fact]
    public void Content_OfTwoSignaturesOverTheSame_IsOneWithTwoLeaves()
    {
        var signer = new EcdsaSigner();
        var first = Open(EntryBuilder.Sign(Samples.Batch, Samples.Chain, 1, Samples.Salt, signer), EcdsaSigner.Verifier);
        var second = Open(EntryBuilder.Sign(Samples.Batch, Samples.Chain, 1, Samples.Salt, signer), EcdsaSigner.Verifier);
        Assert.Equal(first.Content, second.Content);
        Assert.NotEqual(first.Leaf, second.Leaf);
    }

    [Fact]
    public void Content_OfAnotherSaltSequenceChainOrSigner_IsAnother()
    {
        var ids = new[]
        {
            EntryBuilder.Sign(Samples.Batch, Samples.Chain, 7, Samples.Salt, Samples.NodeKey),
            EntryBuilder.Sign(Samples.Batch, Samples.Chain, 8, Samples.Salt, Samples.NodeKey),
            EntryBuilder.Sign(Samples.Batch, new ChainId(Samples.HashOf("other")), 7, Samples.Salt, Samples.NodeKey),
            EntryBuilder.Sign(Samples.Batch, Samples.Chain, 7, new byte[16], Samples.NodeKey),
            EntryBuilder.Sign(Samples.Batch, Samples.Chain, 7, Samples.Salt, Samples.GatewayKey),
        }.Select(bytes => Open(bytes).Content).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Signature_OfAnotherKey_IsRefused()
    {
        var bytes = Samples.Entries["batch"].ToArray();
        bytes[^1] ^= 1;
        Assert.False(EntryCodec.TryOpen(bytes, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(EntryErrorCode.Signature, error.Code);
        Assert.True(EntryCodec.TryDecode(bytes, out _, out _), "decoding does not look at the signature's value");
    }

    [Fact]
    public void Signature_WithHighS_IsRefusedUnlessWrapped()
    {
        var signer = new EcdsaSigner();
        var message = EntryBuilder.SignMessage(Samples.Batch, Samples.Chain, 1, Samples.Salt, signer);
        var high = message.ToArray();
        NegateS(high.AsSpan(high.Length - 32));
        var envelope = Envelope(EntryKind.Batch, high);
        Assert.False(EntryCodec.TryDecode(envelope, out _, out var error));
        Assert.Equal(EntryErrorCode.HighS, error.Code);

        Assert.True(EntryCodec.TryWrap(high, out var wrapped, out error), error.ToString());
        Assert.True(EntryCodec.TryOpen(wrapped, EcdsaSigner.Verifier, out var entry, out error), error.ToString());
        Assert.Equal(message, EntryCodec.MessageBytes(entry).ToArray());
    }

    [Fact]
    public void Possession_NotProven_IsRefused()
    {
        var stolen = Samples.PartyRegistration with { Name = "Somebody else" };
        var bytes = EntryBuilder.Sign(stolen, Samples.Chain, 1, Samples.Salt, Samples.Member);
        Assert.False(EntryCodec.TryOpen(bytes, KeyedHashSigner.Verifier, out _, out var error));
        Assert.Equal(EntryErrorCode.Possession, error.Code);
    }

    [Fact]
    public void Evidence_WithoutTwoValidStatements_IsRefused()
    {
        var evidence = Samples.EvidenceReport.Evidence;
        foreach (var wrong in new[]
        {
            evidence with { Second = evidence.First },
            evidence with { First = evidence.Second, Second = evidence.First },
            evidence with { Second = evidence.Second with { Signature = evidence.First.Signature } },
        })
        {
            var bytes = EntryBuilder.Sign(Samples.EvidenceReport with { Evidence = wrong }, Samples.Chain, 1, Samples.Salt, Samples.Member);
            Assert.False(EntryCodec.TryOpen(bytes, KeyedHashSigner.Verifier, out _, out var error));
            Assert.Equal(EntryErrorCode.Evidence, error.Code);
        }
    }

    [Fact]
    public void Envelope_WithKindOtherThanSigned_IsRefused()
    {
        var message = EntryBuilder.SignMessage(Samples.Batch, Samples.Chain, 1, Samples.Salt, Samples.NodeKey);
        Assert.False(EntryCodec.TryDecode(Envelope(EntryKind.Delegation, message), out _, out var error));
        Assert.Equal((EntryErrorCode.Kind, "entry.kind"), (error.Code, error.Where));
    }

    [Theory]
    [InlineData(2, 1, false, EntryErrorCode.UnsupportedVersion, "entry.version")]
    [InlineData(1, 99, false, EntryErrorCode.Kind, "entry.kind")]
    [InlineData(1, 1, true, EntryErrorCode.Sealed, "entry.seal")]
    public void Envelope_WithUnknownPlace_IsRefusedWithItsName(int version, int kind, bool isSealed, EntryErrorCode code, string where)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(4);
        writer.WriteInt32(version);
        writer.WriteInt32(kind);
        if (isSealed)
        {
            writer.WriteByteString([1]);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteByteString(EntryBuilder.SignMessage(Samples.Batch, Samples.Chain, 1, Samples.Salt, Samples.NodeKey));
        writer.WriteEndArray();
        Assert.False(EntryCodec.TryDecode(writer.Encode(), out _, out var error));
        Assert.Equal((code, where), (error.Code, error.Where));
    }

    [Fact]
    public void Entry_WithTrailingByte_IsRefused()
    {
        Assert.False(EntryCodec.TryDecode((byte[])[.. Samples.Entries["batch"], 0], out _, out var error));
        Assert.Equal(EntryErrorCode.Malformed, error.Code);
    }

    [Fact]
    public void Entry_LargerThanItsLimit_IsRefused()
    {
        Assert.False(EntryCodec.TryDecode(new byte[EntryEnvelope.MaxBytes + 1], out _, out var error));
        Assert.Equal(EntryErrorCode.TooLarge, error.Code);
        Assert.False(EntryCodec.TryWrap(new byte[EntryEnvelope.MaxMessageBytes + 1], out _, out error));
        Assert.Equal(EntryErrorCode.TooLarge, error.Code);
    }

    internal static OpenedEntry Open(byte[] bytes, ISignatureVerifier? verifier = null) =>
        EntryCodec.TryOpen(bytes, verifier ?? KeyedHashSigner.Verifier, out var entry, out var error) ? entry : throw new InvalidOperationException(error.ToString());

    internal static byte[] Envelope(EntryKind kind, byte[] message)
    {
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(4);
        writer.WriteInt32(1);
        writer.WriteInt32((int)kind);
        writer.WriteNull();
        writer.WriteByteString(message);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static KeyedHashSigner SignerOf(OpenedEntry entry) =>
        new[] { Samples.NodeKey, Samples.PartyKey, Samples.GatewayKey, Samples.Member }.Single(signer => signer.PublicKey.Equals(entry.Signer));

    private static void NegateS(Span<byte> s)
    {
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var value = new System.Numerics.BigInteger(order, isUnsigned: true, isBigEndian: true) - new System.Numerics.BigInteger(s, isUnsigned: true, isBigEndian: true);
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        s.Clear();
        bytes.CopyTo(s[(32 - bytes.Length)..]);
    }
}
