using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// Opens entries. Everything checked here depends on the bytes alone, so that each member opens an entry once, on arrival and in parallel. Signed is the
/// canonical array [payload version, chain, sequence, salt, body]; the kind is the body's first place and stands again, readable, in the envelope.
/// </summary>
public static class EntryCodec
{
    /// <summary>The only payload version known so far.</summary>
    public const int PayloadVersion = 1;

    /// <summary>Decodes strictly and checks signature and proofs.</summary>
    public static bool TryOpen(ReadOnlyMemory<byte> envelope, ISignatureVerifier verifier, out OpenedEntry entry, out EntryError error)
    {
        if (!TryDecode(envelope, out entry, out error))
        {
            return false;
        }

        error = CheckSignatures(entry, verifier);
        return error.Code == EntryErrorCode.None;
    }

    /// <summary>Decodes strictly without checking any signature; <see cref="CheckSignatures"/> must follow before the entry is believed.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> envelope, out OpenedEntry entry, out EntryError error)
    {
        entry = null!;
        if (envelope.Length > EntryEnvelope.MaxBytes)
        {
            error = TooLarge(envelope.Length, EntryEnvelope.MaxBytes);
            return false;
        }

        return TryRead(envelope, "entry", EntryEnvelope.Read, out var outer, out error)
            && TryParseMessage(outer.Message, out var message, out error)
            && TryReadPayload(envelope, outer.Kind, message, out entry, out error);
    }

    /// <summary>Checks the entry's signature and what else its body carries: proof of possession, evidence. Independent of every other entry.</summary>
    public static EntryError CheckSignatures(OpenedEntry entry, ISignatureVerifier verifier)
    {
        var message = MessageOf(entry);
        if (!message.HasValidSignature(verifier))
        {
            return new EntryError(EntryErrorCode.Signature, "message.signature", $"is not valid under the key {message.Signer.Fingerprint}");
        }

        if (!Possession.IsProven(entry, verifier))
        {
            return new EntryError(EntryErrorCode.Possession, "body.proof", "does not prove that the registered key is held");
        }

        return entry.Body is EvidenceReport report && !EvidenceRules.TryVerify(report.Evidence, entry.Chain, report.Offender, verifier, out var reason)
            ? new EntryError(EntryErrorCode.Evidence, "body", reason)
            : default;
    }

    /// <summary>
    /// Puts what a device sent (a COSE_Sign1 message) into an envelope, after making its signature low-S. Does not check the signature:
    /// <see cref="TryOpen"/> follows.
    /// </summary>
    public static bool TryWrap(ReadOnlyMemory<byte> cose, out byte[] envelope, out EntryError error)
    {
        envelope = [];
        if (cose.Length > EntryEnvelope.MaxMessageBytes)
        {
            error = TooLarge(cose.Length, EntryEnvelope.MaxMessageBytes);
            return false;
        }

        var bytes = cose.ToArray();
        if (!CoseSign1.TryParse(bytes, out var message, out var reason))
        {
            error = new EntryError(EntryErrorCode.Cose, "message", reason);
            return false;
        }

        if (!TryRead(message.Payload, "payload", ReadKind, out var kind, out error))
        {
            return false;
        }

        Es256.MakeLowS(bytes.AsSpan(bytes.Length - Es256.SignatureSize));
        envelope = EntryEnvelope.Encode(kind, bytes);
        return true;
    }

    /// <summary>The COSE_Sign1 message inside an opened entry, as its signer sent it.</summary>
    public static ReadOnlyMemory<byte> MessageBytes(OpenedEntry entry) => EntryEnvelope.Read(new EntryReader(entry.Bytes, "entry")).Message;

    internal static byte[] EncodePayload(EntryBody body, ChainId chain, long sequence, ReadOnlySpan<byte> salt)
    {
        var writer = Canonical.NewWriter(1024);
        writer.WriteStartArray(5);
        writer.WriteInt32(PayloadVersion);
        Canonical.WriteHash(writer, chain.Value);
        writer.WriteInt64(sequence);
        writer.WriteByteString(salt);
        BodyCodec.Write(writer, body, salt);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads the bytes of a body that a ballot proposes; false with place and reason otherwise.</summary>
    internal static bool TryReadAdmission(ReadOnlyMemory<byte> bytes, out EntryBody body, out string error)
    {
        var read = TryRead(bytes, "body", ReadAdmission, out body, out var refusal);
        error = read ? "" : refusal.ToString();
        return read;
    }

    private static EntryBody ReadAdmission(EntryReader reader)
    {
        var body = BodyCodec.ReadAdmission(reader);
        reader.End();
        return body;
    }

    private static CoseSign1 MessageOf(OpenedEntry entry) =>
        CoseSign1.TryParse(MessageBytes(entry), out var message, out var error)
            ? message
            : throw new InvalidOperationException($"An opened entry no longer holds its message: {error}.");

    private static bool TryParseMessage(ReadOnlyMemory<byte> bytes, out CoseSign1 message, out EntryError error)
    {
        if (!CoseSign1.TryParse(bytes, out message, out var reason))
        {
            error = new EntryError(EntryErrorCode.Cose, "message", reason);
            return false;
        }

        error = Es256.IsLowS(message.Signature.Span)
            ? default
            : new EntryError(EntryErrorCode.HighS, "message.signature", "s must lie in the lower half of the order");
        return error.Code == EntryErrorCode.None;
    }

    private static bool TryReadPayload(
        ReadOnlyMemory<byte> envelope, EntryKind kind, CoseSign1 message, out OpenedEntry entry, out EntryError error)
    {
        entry = null!;
        if (!TryRead(message.Payload, "payload", ReadPayload, out var payload, out error))
        {
            return false;
        }

        if (payload.Body.Kind != kind)
        {
            error = new EntryError(EntryErrorCode.Kind, "entry.kind", $"the envelope says {kind}, the signed payload {payload.Body.Kind}");
            return false;
        }

        entry = new OpenedEntry(
            envelope, LeafHash.Of(envelope.Span), message.ContentId(), payload.Chain, message.Signer, payload.Sequence, payload.Salt, payload.Body);
        return true;
    }

    private static (ChainId Chain, long Sequence, ReadOnlyMemory<byte> Salt, EntryBody Body) ReadPayload(EntryReader reader)
    {
        ReadVersion(reader);
        var chain = new ChainId(reader.Hash("chain"));
        var sequence = reader.Integer("sequence", 0, OpenedEntry.MaxSequence);
        var salt = reader.Bytes("salt", OpenedEntry.SaltSize);
        var body = BodyCodec.Read(reader, chain, salt.Span);
        reader.EndArray();
        reader.End();
        return (chain, sequence, salt, body);
    }

    /// <summary>Reads as far as the kind: all that wrapping needs.</summary>
    private static EntryKind ReadKind(EntryReader reader)
    {
        ReadVersion(reader);
        reader.Hash("chain");
        reader.Integer("sequence", 0, OpenedEntry.MaxSequence);
        reader.Bytes("salt", OpenedEntry.SaltSize);
        reader.ArrayOf("body", 1, 16);
        return reader.Choice<EntryKind>("body.kind");
    }

    private static void ReadVersion(EntryReader reader)
    {
        reader.Array("", 5);
        var version = reader.Integer("version", 0, int.MaxValue);
        if (version != PayloadVersion)
        {
            throw reader.Refuse($"{version} is not known, only {PayloadVersion}", EntryErrorCode.UnsupportedVersion);
        }
    }

    private static bool TryRead<T>(ReadOnlyMemory<byte> bytes, string root, Func<EntryReader, T> read, out T value, out EntryError error)
    {
        var reader = new EntryReader(bytes, root);
        try
        {
            value = read(reader);
            error = default;
            return true;
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException or FormatException or ArgumentException)
        {
            value = default!;
            error = new EntryError(reader.Code, reader.Where, e.Message);
            return false;
        }
    }

    private static EntryError TooLarge(int length, int max) => new(EntryErrorCode.TooLarge, "entry", $"{length} bytes, at most {max} are allowed");
}
