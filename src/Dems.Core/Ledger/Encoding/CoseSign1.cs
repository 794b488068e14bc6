using System.Buffers;
using System.Buffers.Binary;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// COSE_Sign1 (RFC 9052 §4.2, tag 18) in the one profile that entries use: protected header {1: −7 (ES256), 4: kid}, the kid being the SEC 1 uncompressed
/// point of the signing key; empty unprotected header; payload attached; external additional data <see cref="Domains.Entry"/>. The profile leaves
/// the encoder no choice, so the frame is compared with a fixed pattern instead of being parsed, and any <see cref="ISigner"/> can fill it.
/// </summary>
internal sealed class CoseSign1
{
    private const int ProtectedSize = 71;

    // Tag 18, array of 4, byte string of 71: map of 2, 1: −7, 4: byte string of 65 starting with 0x04 (uncompressed).
    private static readonly byte[] Start = [0xD2, 0x84, 0x58, ProtectedSize, 0xA2, 0x01, 0x26, 0x04, 0x58, 0x41, 0x04];
    private const int KeyAt = 11;
    private const int UnprotectedAt = KeyAt + PublicKey.Size;
    private const int PayloadHeaderAt = UnprotectedAt + 1;
    private const int SignatureFrame = 2 + Es256.SignatureSize;

    // Sig_structure (RFC 9052 §4.4): array of 4, "Signature1", then protected header, external data and payload as byte strings.
    private static readonly byte[] SigStructureStart = [0x84, 0x6A, .. "Signature1"u8];
    private static readonly byte[] ExternalData = [(byte)(0x40 | Domains.Entry.Length), .. System.Text.Encoding.ASCII.GetBytes(Domains.Entry)];
    private static readonly byte[] ContentStart = [0x83, (byte)(0x60 | Domains.Content.Length), .. System.Text.Encoding.ASCII.GetBytes(Domains.Content)];

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _payloadAt;

    private CoseSign1(ReadOnlyMemory<byte> bytes, int payloadAt)
    {
        _bytes = bytes;
        _payloadAt = payloadAt;
        Signer = new PublicKey(bytes.Span.Slice(KeyAt, PublicKey.Size));
    }

    /// <summary>The key in the protected header.</summary>
    public PublicKey Signer { get; }

    /// <summary>What was signed, without the header.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes[_payloadAt..^SignatureFrame];

    /// <summary>64 bytes.</summary>
    public ReadOnlyMemory<byte> Signature => _bytes[^Es256.SignatureSize..];

    /// <summary>Signs a payload.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> payload, ISigner signer)
    {
        var unsigned = Frame(signer.PublicKey, payload);
        var frame = new CoseSign1(unsigned, unsigned.Length - SignatureFrame - payload.Length);
        frame.WithSigStructure(signer, static (message, signer) => signer.Sign(message)).CopyTo(unsigned, unsigned.Length - Es256.SignatureSize);
        return unsigned;
    }

    /// <summary>Recognises the frame; false with a reason otherwise. Checks neither the signature nor that s is low.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, out CoseSign1 message, out string error)
    {
        message = null!;
        var span = bytes.Span;
        if (span.Length <= PayloadHeaderAt + SignatureFrame || !span.StartsWith(Start))
        {
            error = "does not start with tag 18 and the protected header {1: -7, 4: uncompressed P-256 point}";
            return false;
        }

        if (span[UnprotectedAt] != 0xA0)
        {
            error = "the unprotected header must be an empty map";
            return false;
        }

        if (!TryReadBytesHeader(span[PayloadHeaderAt..], out var headerSize, out var payloadSize))
        {
            error = "the payload must be a byte string of definite, shortest length";
            return false;
        }

        var payloadAt = PayloadHeaderAt + headerSize;
        if (payloadAt + payloadSize + SignatureFrame != span.Length || span[^SignatureFrame] != 0x58 || span[1 - SignatureFrame + span.Length] != Es256.SignatureSize)
        {
            error = $"the payload must be followed by a signature of {Es256.SignatureSize} bytes and nothing else";
            return false;
        }

        message = new CoseSign1(bytes, payloadAt);
        error = "";
        return true;
    }

    /// <summary>Whether the signature is valid under the key of the protected header.</summary>
    public bool HasValidSignature(ISignatureVerifier verifier) =>
        WithSigStructure((this, verifier), static (message, c) => c.verifier.Verify(c.Item1.Signer, message, c.Item1.Signature.Span));

    /// <summary>SHA-256 over the canonical array [tag, protected header, payload].</summary>
    public ContentId ContentId() => new(WithBytes(ContentStart, [], 0, static (bytes, _) => Hash32.Of(bytes)));

    private T WithSigStructure<TContext, T>(TContext context, ReadOnlySpanUse<TContext, T> use) => WithBytes(SigStructureStart, ExternalData, context, use);

    private delegate T ReadOnlySpanUse<in TContext, out T>(ReadOnlySpan<byte> bytes, TContext context);

    /// <summary>start ‖ protected header (as a byte string) ‖ middle ‖ payload (as a byte string), in a rented buffer.</summary>
    private T WithBytes<TContext, T>(ReadOnlySpan<byte> start, ReadOnlySpan<byte> middle, TContext context, ReadOnlySpanUse<TContext, T> use)
    {
        var header = _bytes.Span[2..UnprotectedAt];
        var payload = _bytes.Span[PayloadHeaderAt..^SignatureFrame];
        var length = start.Length + header.Length + middle.Length + payload.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            start.CopyTo(buffer);
            header.CopyTo(buffer.AsSpan(start.Length));
            middle.CopyTo(buffer.AsSpan(start.Length + header.Length));
            payload.CopyTo(buffer.AsSpan(start.Length + header.Length + middle.Length));
            return use(buffer.AsSpan(0, length), context);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Frame(PublicKey signer, ReadOnlySpan<byte> payload)
    {
        byte[] payloadHeader = payload.Length switch
        {
            < 24 => [(byte)(0x40 | payload.Length)],
            <= byte.MaxValue => [0x58, (byte)payload.Length],
            <= ushort.MaxValue => [0x59, (byte)(payload.Length >> 8), (byte)(payload.Length & 0xFF)],
            _ => throw new ArgumentException($"A payload of {payload.Length} bytes does not fit into an entry.", nameof(payload)),
        };
        return [.. Start, .. signer.Bytes, 0xA0, .. payloadHeader, .. payload, 0x58, Es256.SignatureSize, .. new byte[Es256.SignatureSize]];
    }

    // RFC 8949 §3: major type 2; shortest form only (§4.2.1). Longer forms exceed an entry's size.
    private static bool TryReadBytesHeader(ReadOnlySpan<byte> bytes, out int headerSize, out int length)
    {
        (headerSize, length) = bytes[0] switch
        {
            >= 0x40 and < 0x58 => (1, bytes[0] - 0x40),
            0x58 when bytes[1] >= 24 => (2, bytes[1]),
            0x59 when bytes[1] != 0 => (3, BinaryPrimitives.ReadUInt16BigEndian(bytes[1..])),
            _ => (0, 0),
        };
        return headerSize != 0;
    }
}
