using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>A party: [name, open nodes, retired].</summary>
/// <param name="Name">As registered.</param>
/// <param name="OpenNodes">Nodes without an end of contract; while there are any, the party cannot be retired.</param>
/// <param name="Retired">Whether it has been retired.</param>
public sealed record PartyRecord(string Name, long OpenNodes, bool Retired) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(96);
        writer.WriteStartArray(3);
        writer.WriteTextString(Name);
        writer.WriteInt64(OpenNodes);
        writer.WriteBoolean(Retired);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static PartyRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var record = new PartyRecord(
            Canonical.ReadText(reader, PartyRegistration.MaxNameLength, "name"),
            Canonical.ReadInteger(reader, 0, long.MaxValue, "open nodes"),
            reader.ReadBoolean());
        reader.ReadEndArray();
        return record;
    }
}
