using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>A number of things: [count].</summary>
internal sealed record CountRecord(long Value) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(16);
        writer.WriteStartArray(1);
        writer.WriteInt64(Value);
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static CountRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new CountRecord(Canonical.ReadInteger(reader, 0, long.MaxValue, "count"));
        reader.ReadEndArray();
        return record;
    }
}
