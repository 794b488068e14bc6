using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>A count: [number ≥ 0].</summary>
internal sealed record NumberRecord(long Value) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16);
        writer.WriteStartArray(1);
        writer.WriteInt64(Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static NumberRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new NumberRecord(Canonical.ReadInteger(reader, 0, long.MaxValue, "number"));
        reader.ReadEndArray();
        return record;
    }
}
