using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance;

/// <summary>What the next block is made by: [protocol version, hash of the time-zone data or null].</summary>
/// <param name="Version">Protocol version of the next header.</param>
/// <param name="TimeZones">SHA-256 of the time-zone data that local times are reckoned by; null while no ballot has named one.</param>
public sealed record ProtocolRecord(int Version, Hash32? TimeZones) : IStateRecord
{
    /// <summary>The newest protocol version that this software knows. It stops when a newer one is in force.</summary>
    public const int NewestKnown = 1;

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(48);
        writer.WriteStartArray(2);
        writer.WriteInt32(Version);
        if (TimeZones is { } hash)
        {
            Canonical.WriteHash(writer, hash);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static ProtocolRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var version = reader.ReadInt32();
        Hash32? timeZones = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else
        {
            timeZones = Canonical.ReadHash(reader);
        }

        reader.ReadEndArray();
        return new ProtocolRecord(version, timeZones);
    }
}
