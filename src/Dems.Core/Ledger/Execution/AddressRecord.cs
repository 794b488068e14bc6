using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>The node that holds a metering-point id: [address].</summary>
internal sealed record AddressRecord(NodeAddress Address) : IStateRecord
{
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter(24);
        writer.WriteStartArray(1);
        writer.WriteByteString(Address.ToArray());
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static AddressRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 1);
        var record = new AddressRecord(new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "address").Span));
        reader.ReadEndArray();
        return record;
    }
}
