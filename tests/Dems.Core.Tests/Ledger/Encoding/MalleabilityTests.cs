using CsCheck;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;
using Xunit;

namespace Dems.Core.Tests.Ledger.Encoding;

/// <summary>No decoder throws on anything, and whatever a decoder accepts encodes to the very bytes it was given: there is no second way to write one content.</summary>
public sealed class MalleabilityTests
{
    private delegate byte[]? Roundtrip(byte[] bytes);

    private static readonly (string Name, byte[] Sample, Roundtrip Roundtrip)[] Formats =
    [
        ("header", HeaderCodec.Encode(Samples.Header), b => HeaderCodec.TryDecode(b, out var v, out _) ? HeaderCodec.Encode(v) : null),
        ("block", BlockCodec.Encode(Samples.Block), b => BlockCodec.TryDecode(b, out var v, out _) ? BlockCodec.Encode(v) : null),
        ("vote", VoteCodec.Encode(Samples.Vote), b => VoteCodec.TryDecode(b, out var v, out _) ? VoteCodec.Encode(v) : null),
        ("nil vote", VoteCodec.Encode(Samples.NilVote), b => VoteCodec.TryDecode(b, out var v, out _) ? VoteCodec.Encode(v) : null),
        ("proposal", ProposalCodec.Encode(Samples.Proposal), b => ProposalCodec.TryDecode(b, out var v, out _) ? ProposalCodec.Encode(v) : null),
        ("certificate", CertificateCodec.Encode(Samples.Certificate), b => CertificateCodec.TryDecode(b, out var v, out _) ? CertificateCodec.Encode(v) : null),
        ("genesis", GenesisCodec.Encode(Samples.Genesis), b => GenesisCodec.TryDecode(b, out var v, out _) ? GenesisCodec.Encode(v) : null),
        .. Samples.Entries.Select(pair => (pair.Key, pair.Value, (Roundtrip)ReencodeEntry)),
    ];

    public static TheoryData<string> Names => [.. Formats.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_WithAnySingleBitFlipped_IsRefusedOrEncodesToItself(string name)
    {
        var (_, sample, roundtrip) = Formats.Single(format => format.Name == name);
        Assert.Equal(sample, roundtrip(sample));
        for (var bit = 0; bit < sample.Length * 8; bit++)
        {
            var mutated = sample.ToArray();
            mutated[bit / 8] ^= (byte)(1 << bit % 8);
            if (roundtrip(mutated) is { } again)
            {
                Assert.Equal(mutated, again);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_CutOrExtended_IsRefused(string name)
    {
        var (_, sample, roundtrip) = Formats.Single(format => format.Name == name);
        for (var length = 0; length < sample.Length; length++)
        {
            Assert.Null(roundtrip(sample[..length]));
        }

        Assert.Null(roundtrip([.. sample, 0]));
    }

    [Fact]
    public void Bytes_Spliced_AreRefusedOrEncodeToThemselves() =>
        Gen.Select(Gen.Int[0, Formats.Length - 1], Gen.Double[0, 1], Gen.Int[0, 6], Gen.Byte.Array[0, 6]).Sample(
            (format, place, cut, insert) =>
            {
                var sample = Formats[format].Sample;
                var at = (int)(place * sample.Length);
                byte[] mutated = [.. sample[..at], .. insert, .. sample[Math.Min(sample.Length, at + cut)..]];
                return Formats.All(f => f.Roundtrip(mutated) is not { } again || again.AsSpan().SequenceEqual(mutated));
            },
            iter: TestScale.Times(1_000));

    [Fact]
    public void Bytes_AtRandom_AreRefused() => Gen.Byte.Array[0, 300].Sample(
        bytes => Formats.All(format => format.Roundtrip(bytes) is null)
            && !EntryCodec.TryWrap(bytes, out _, out _)
            && !StateSnapshot.TryImport(bytes, default, out _, out _),
        iter: TestScale.Times(1_000));

    [Fact]
    public void Entry_WithAnySingleBitFlipped_IsNotOpened()
    {
        foreach (var (_, sample) in Samples.Entries)
        {
            for (var bit = 0; bit < sample.Length * 8; bit++)
            {
                var mutated = sample.ToArray();
                mutated[bit / 8] ^= (byte)(1 << bit % 8);
                Assert.False(EntryCodec.TryOpen(mutated, KeyedHashSigner.Verifier, out _, out var error));
                Assert.NotEqual(EntryErrorCode.None, error.Code);
            }
        }
    }

    /// <summary>Writes a decoded entry again from its parts, around the signature it had.</summary>
    private static byte[]? ReencodeEntry(byte[] bytes)
    {
        if (!EntryCodec.TryDecode(bytes, out var entry, out _))
        {
            return null;
        }

        var payload = EntryCodec.EncodePayload(entry.Body, entry.Chain, entry.Sequence, entry.Salt.Span);
        byte[] length = payload.Length switch
        {
            < 24 => [(byte)(0x40 | payload.Length)],
            < 256 => [0x58, (byte)payload.Length],
            _ => [0x59, (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        byte[] message =
        [
            0xD2, 0x84, 0x58, 71, 0xA2, 0x01, 0x26, 0x04, 0x58, 0x41, 0x04, .. entry.Signer.Bytes, 0xA0,
            .. length, .. payload, 0x58, 64, .. bytes[^64..],
        ];
        return EntryCodecTests.Envelope(entry.Kind, message);
    }
}
