using System.Security.Cryptography;
using System.Security.Cryptography.Cose;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Xunit;

namespace Dems.Core.Tests.Ledger.Encoding;

/// <summary>Our frame against an implementation of RFC 9052 that shares no code with it.</summary>
public sealed class CoseInteroperabilityTests
{
    private static readonly byte[] ExternalData = System.Text.Encoding.UTF8.GetBytes(Domains.Entry);

    [Fact]
    public void Message_SignedHere_VerifiesThere()
    {
        var signer = new EcdsaSigner();
        var message = CoseMessage.DecodeSign1(EntryBuilder.SignMessage(Samples.Batch, Samples.Chain, 1, Samples.Salt, signer));
        Assert.True(message.VerifyEmbedded(signer.Key, ExternalData));
        Assert.False(message.VerifyEmbedded(signer.Key, []));
        Assert.Equal(-7, message.ProtectedHeaders[CoseHeaderLabel.Algorithm].GetValueAsInt32());
        Assert.Equal([4, .. signer.PublicKey.Bytes], message.ProtectedHeaders[CoseHeaderLabel.KeyIdentifier].GetValueAsBytes());
        Assert.Empty(message.UnprotectedHeaders);
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("delegation")]
    public void Message_SignedThere_OpensHere(string kind)
    {
        var signer = new EcdsaSigner();
        Assert.True(EntryCodec.TryDecode(Samples.Entries[kind], out var sample, out _));
        var payload = EntryCodec.EncodePayload(sample.Body, Samples.Chain, 5, Samples.Salt);
        var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes([4, .. signer.PublicKey.Bytes]) } };
        var message = CoseSign1Message.SignEmbedded(payload, new CoseSigner(signer.Key, HashAlgorithmName.SHA256, headers), ExternalData);

        Assert.True(EntryCodec.TryWrap(message, out var envelope, out var error), error.ToString());
        Assert.True(EntryCodec.TryOpen(envelope, EcdsaSigner.Verifier, out var entry, out error), error.ToString());
        Assert.Equal((signer.PublicKey, 5L, sample.Kind), (entry.Signer, entry.Sequence, entry.Kind));
    }

    [Fact]
    public void Message_WithKeyIdInUnprotectedHeader_IsRefused()
    {
        var signer = new EcdsaSigner();
        var payload = EntryCodec.EncodePayload(Samples.Batch, Samples.Chain, 5, Samples.Salt);
        var headers = new CoseHeaderMap { { CoseHeaderLabel.KeyIdentifier, CoseHeaderValue.FromBytes([4, .. signer.PublicKey.Bytes]) } };
        var message = CoseSign1Message.SignEmbedded(payload, new CoseSigner(signer.Key, HashAlgorithmName.SHA256, null, headers), ExternalData);
        Assert.False(EntryCodec.TryWrap(message, out _, out var error));
        Assert.Equal(EntryErrorCode.Cose, error.Code);
    }

    [Fact]
    public void Payload_OfEveryLengthForm_IsFramedAsThere()
    {
        var signer = new EcdsaSigner();
        foreach (var length in new[] { 0, 1, 23, 24, 255, 256, 60_000 })
        {
            var message = CoseMessage.DecodeSign1(CoseSign1.Sign(new byte[length], signer));
            Assert.True(message.VerifyEmbedded(signer.Key, ExternalData));
            Assert.Equal(length, message.Content!.Value.Length);
            Assert.True(CoseSign1.TryParse(message.Encode(), out var parsed, out var reason), reason);
            Assert.Equal(length, parsed.Payload.Length);
        }
    }

    [Fact]
    public void Payload_InLongerThanShortestForm_IsRefused()
    {
        var bytes = CoseSign1.Sign(new byte[10], new EcdsaSigner());
        byte[] longer = [.. bytes[..76], 0x58, 10, .. bytes[77..]];
        Assert.Equal(0x4A, bytes[76]);
        Assert.False(CoseSign1.TryParse(longer, out _, out var error));
        Assert.Contains("shortest", error, StringComparison.Ordinal);
    }
}
