using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution;

/// <summary>A signing key that the chain knows: [identity, status].</summary>
/// <param name="Identity">Fingerprint of the first key in its line of rotations: what parties, nodes and delegations hold on to.</param>
/// <param name="Status">Whether it may still sign.</param>
public sealed record KeyRecord(Hash32 Identity, KeyStatus Status) : IStateRecord
{
    /// <summary>The address that the first key of the line gives.</summary>
    public NodeAddress Address => new(Identity.ToArray().AsSpan(0, NodeAddress.Size));

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(48);
        writer.WriteStartArray(2);
        Canonical.WriteHash(writer, Identity);
        writer.WriteInt32((int)Status);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static KeyRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var record = new KeyRecord(Canonical.ReadHash(reader), (KeyStatus)Canonical.ReadInteger(reader, 1, 3, "key status"));
        reader.ReadEndArray();
        return record;
    }
}
