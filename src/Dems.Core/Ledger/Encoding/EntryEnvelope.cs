using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// The outermost form of an entry, whose bytes the leaf hash names: [version, kind, seal, message]. In version 1 the seal is null and the message a
/// COSE_Sign1. A later version puts the seal's header into its place and makes the message the ciphertext of that COSE_Sign1; the kind stays readable.
/// </summary>
public static class EntryEnvelope
{
    /// <summary>The only version known so far.</summary>
    public const int Version = 1;

    /// <summary>Longest encoded entry in bytes.</summary>
    public const int MaxBytes = 65_535;

    // Array header, version, kind, null, byte-string header.
    private const int MaxOverhead = 8;

    /// <summary>Longest message inside an envelope in bytes.</summary>
    public const int MaxMessageBytes = MaxBytes - MaxOverhead;

    internal static byte[] Encode(EntryKind kind, ReadOnlySpan<byte> message)
    {
        var writer = Canonical.NewWriter(message.Length + MaxOverhead);
        writer.WriteStartArray(4);
        writer.WriteInt32(Version);
        writer.WriteInt32((int)kind);
        writer.WriteNull();
        writer.WriteByteString(message);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads the envelope; the reader's state says what was wrong when it throws.</summary>
    internal static (EntryKind Kind, ReadOnlyMemory<byte> Message) Read(EntryReader reader)
    {
        reader.Array("", 4);
        var version = reader.Integer("version", 0, int.MaxValue);
        if (version != Version)
        {
            throw reader.Refuse($"{version} is not known, only {Version}", EntryErrorCode.UnsupportedVersion);
        }

        var kind = (EntryKind)reader.Integer("kind", 0, byte.MaxValue);
        if (!Enum.IsDefined(kind))
        {
            throw reader.Refuse($"{(int)kind} is not known", EntryErrorCode.Kind);
        }

        if (!reader.Null("seal"))
        {
            throw reader.Refuse("sealed entries need a later protocol version", EntryErrorCode.Sealed);
        }

        var message = reader.BytesUpTo("message", MaxMessageBytes);
        reader.EndArray();
        reader.End();
        return (kind, message);
    }
}
