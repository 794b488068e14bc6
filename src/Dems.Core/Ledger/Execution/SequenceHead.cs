using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>Highest sequence number that a signer has used: [number].</summary>
internal sealed record SequenceHead(long Highest) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16);
        writer.WriteStartArray(1);
        writer.WriteInt64(Highest);
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static SequenceHead Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new SequenceHead(Canonical.ReadInteger(reader, 0, Entries.OpenedEntry.MaxSequence, "sequence"));
        reader.ReadEndArray();
        return record;
    }
}
