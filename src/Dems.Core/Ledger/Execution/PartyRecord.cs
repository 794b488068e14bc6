using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>A party: [name, open nodes, retired, place].</summary>
/// <param name="Name">As registered.</param>
/// <param name="OpenNodes">Nodes without an end of contract; while there are any, the party cannot be retired.</param>
/// <param name="Retired">Whether it has been retired.</param>
/// <param name="Place">Its place in the order of admission, from 0.</param>
public sealed record PartyRecord(string Name, long OpenNodes, bool Retired, long Place) : IStateRecord
{
    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(96);
        writer.WriteStartArray(4);
        writer.WriteTextString(Name);
        writer.WriteInt64(OpenNodes);
        writer.WriteBoolean(Retired);
        writer.WriteInt64(Place);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static PartyRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        var record = new PartyRecord(
            Canonical.ReadText(reader, PartyRegistration.MaxNameLength, "name"),
            Canonical.ReadInteger(reader, 0, long.MaxValue, "open nodes"),
            reader.ReadBoolean(),
            Canonical.ReadInteger(reader, 0, long.MaxValue, "place"));
        reader.ReadEndArray();
        return record;
    }
}
