using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>A single hash: the chain's id, the content that reported evidence, or the seed of results: [hash].</summary>
internal sealed record HashRecord(Hash32 Value) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(40);
        writer.WriteStartArray(1);
        Canonical.WriteHash(writer, Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static HashRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new HashRecord(Canonical.ReadHash(reader));
        reader.ReadEndArray();
        return record;
    }
}
