using System.Formats.Cbor;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;

namespace Dems.Replication.Protocol;

/// <summary>
/// Messages of one member under its validator key: [chain, member, body, signature], where body is the encoded list of messages and the signature
/// covers [tag, chain, member, body]. A frame may arrive twice or late: no message depends on the order or number of its deliveries.
/// </summary>
/// <param name="Chain">The chain spoken about.</param>
/// <param name="From">Index of the sender in genesis.</param>
/// <param name="Messages">What it says.</param>
public sealed record PeerFrame(ChainId Chain, int From, IReadOnlyList<PeerMessage> Messages)
{
    /// <summary>Longest frame in bytes: 12 MiB, a full block with its bodies.</summary>
    public const int MaxBytes = 12 * 1024 * 1024;

    /// <summary>Encodes and signs.</summary>
    public static byte[] Encode(PeerFrame frame, ISigner signer)
    {
        var body = EncodeBody(frame.Messages);
        var writer = Canonical.NewWriter(body.Length + 128);
        writer.WriteStartArray(4);
        Canonical.WriteHash(writer, frame.Chain.Value);
        writer.WriteInt32(frame.From);
        writer.WriteByteString(body);
        writer.WriteByteString(signer.Sign(SignedBytes(frame.Chain, frame.From, body)));
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>
    /// Reads chain and sender only, to route a frame; the signature is not checked.
    /// </summary>
    public static bool TryReadChain(ReadOnlyMemory<byte> bytes, out ChainId chain)
    {
        chain = default;
        if (bytes.Length < 35 || bytes.Span[0] != 0x84 || bytes.Span[1] != 0x58 || bytes.Span[2] != 32)
        {
            return false;
        }

        chain = new ChainId(new Core.Hash32(bytes.Span.Slice(3, 32)));
        return true;
    }

    /// <summary>Decodes strictly without checking the signature: for frames that were made here.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out PeerFrame frame, out string error)
    {
        frame = null!;
        if (!Canonical.TryDecode(bytes, MaxBytes, "frame", ReadEnvelope, out var envelope, out error)
            || !Canonical.TryDecode(envelope.Body, MaxBytes, "messages", ReadMessages, out var messages, out error))
        {
            return false;
        }

        frame = new PeerFrame(envelope.Chain, envelope.From, messages);
        return true;
    }

    /// <summary>Decodes strictly and checks the signature against the members' keys; false with a reason otherwise.</summary>
    public static bool TryOpen(
        ReadOnlyMemory<byte> bytes, IReadOnlyList<PublicKey> members, ISignatureVerifier verifier, out PeerFrame frame, out string error)
    {
        frame = null!;
        if (!Canonical.TryDecode(bytes, MaxBytes, "frame", ReadEnvelope, out var envelope, out error))
        {
            return false;
        }

        if (envelope.From >= members.Count)
        {
            error = $"frame: there is no member {envelope.From}";
            return false;
        }

        if (!verifier.Verify(members[envelope.From], SignedBytes(envelope.Chain, envelope.From, envelope.Body.Span), envelope.Signature.Span))
        {
            error = $"frame: not signed by member {envelope.From}";
            return false;
        }

        if (!Canonical.TryDecode(envelope.Body, MaxBytes, "messages", ReadMessages, out var messages, out error))
        {
            return false;
        }

        frame = new PeerFrame(envelope.Chain, envelope.From, messages);
        return true;
    }

    private static byte[] EncodeBody(IReadOnlyList<PeerMessage> messages)
    {
        var writer = Canonical.NewWriter(1024);
        writer.WriteStartArray(messages.Count);
        foreach (var message in messages)
        {
            PeerMessageCodec.Write(writer, message);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    private static byte[] SignedBytes(ChainId chain, int from, ReadOnlySpan<byte> body)
    {
        var writer = Canonical.NewWriter(body.Length + 64);
        writer.WriteStartArray(4);
        writer.WriteTextString(Domains.Peer);
        Canonical.WriteHash(writer, chain.Value);
        writer.WriteInt32(from);
        writer.WriteByteString(body);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private static Envelope ReadEnvelope(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        var envelope = new Envelope(
            new ChainId(Canonical.ReadHash(reader)),
            (int)Canonical.ReadInteger(reader, 0, ValidatorSet.MaxValidators - 1, "member"),
            Canonical.ReadBytesUpTo(reader, MaxBytes, "body"),
            Canonical.ReadBytes(reader, Es256.SignatureSize, "signature"));
        reader.ReadEndArray();
        return envelope;
    }

    private static List<PeerMessage> ReadMessages(CborReader reader)
    {
        var count = Canonical.ReadArrayUpTo(reader, PeerMessageCodec.MaxMessages);
        var messages = new List<PeerMessage>(count);
        for (var i = 0; i < count; i++)
        {
            messages.Add(PeerMessageCodec.Read(reader));
        }

        reader.ReadEndArray();
        return messages;
    }

    private sealed record Envelope(ChainId Chain, int From, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Signature);
}
