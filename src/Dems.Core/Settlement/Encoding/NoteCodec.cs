using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Corrections;

namespace Dems.Core.Settlement.Encoding;

/// <summary>Canonical form and hash of a note: [tag, number, kind, correction].</summary>
public static class NoteCodec
{
    /// <summary>Longest encoded note in bytes: 64 MiB.</summary>
    public const int MaxBytes = StatementCodec.MaxBytes;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Note note)
    {
        var writer = Canonical.NewWriter(2_048);
        writer.WriteStartArray(4);
        writer.WriteTextString(Domains.Note);
        writer.WriteInt64(note.Number);
        writer.WriteInt32((int)note.Kind);
        StatementDeltaCodec.Write(writer, note.Delta);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>SHA-256 of the canonical bytes, which start with the domain tag: names the note.</summary>
    public static Hash32 Hash(Note note) => Hash32.Of(Encode(note));

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Note note, out string error) => Canonical.TryDecode(bytes, MaxBytes, "note", Read, out note, out error);

    private static Note Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        Canonical.ReadTag(reader, Domains.Note);
        var number = Canonical.ReadInteger(reader, 1, long.MaxValue, "number");
        var kind = SettlementFields.ReadChoice<NoteKind>(reader, "kind");
        var note = new Note(number, StatementDeltaCodec.Read(reader));
        reader.ReadEndArray();
        return note.Kind == kind ? note : throw new FormatException($"what is due makes it a {note.Kind} note, not {kind}");
    }
}
