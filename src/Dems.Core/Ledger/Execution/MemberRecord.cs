using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>A member: [name].</summary>
/// <param name="Name">As genesis gives it.</param>
public sealed record MemberRecord(string Name) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(80);
        writer.WriteStartArray(1);
        writer.WriteTextString(Name);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static MemberRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new MemberRecord(Canonical.ReadText(reader, Genesis.MaxName, "name"));
        reader.ReadEndArray();
        return record;
    }
}
