using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Execution;

/// <summary>A node: [party, metering point, [[name, carrier, kind, power limit, max energy], …], valid from, valid until].</summary>
/// <param name="Party">The party that owns it.</param>
/// <param name="MeteringPoint">Official id.</param>
/// <param name="Sources">What is behind it.</param>
/// <param name="ValidFrom">First second of the contract, since 1970-01-01T00:00:00Z.</param>
/// <param name="ValidUntil">First second no longer covered; 0 is open.</param>
public sealed record NodeRecord(
    NodeAddress Party, string MeteringPoint, IReadOnlyList<EnergySource> Sources, long ValidFrom, long ValidUntil) : IStateRecord
{
    /// <summary>What the metering point meters: the carrier of its first source.</summary>
    public Carrier Carrier => Sources[0].Carrier;

    /// <summary>Whether an interval [start, end) lies within the contract.</summary>
    public bool Covers(long start, long end) => start >= ValidFrom && (ValidUntil == 0 || end <= ValidUntil);

    byte[] IStateRecord.Encode()
    {
        var writer = Canonical.NewWriter(160);
        writer.WriteStartArray(5);
        writer.WriteByteString(Party.ToArray());
        writer.WriteTextString(MeteringPoint);
        writer.WriteStartArray(Sources.Count);
        foreach (var source in Sources)
        {
            writer.WriteStartArray(5);
            writer.WriteTextString(source.Name);
            writer.WriteInt32((int)source.Carrier);
            writer.WriteInt32((int)source.Kind);
            writer.WriteInt64(source.PowerLimitW);
            writer.WriteInt64(source.MaxEnergyWh);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteInt64(ValidFrom);
        writer.WriteInt64(ValidUntil);
        writer.WriteEndArray();
        return writer.Encode();
    }

    internal static NodeRecord Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 5);
        var party = new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "party").Span);
        var meteringPoint = Canonical.ReadText(reader, NodeRegistration.MaxMeteringPointLength, "metering point");
        var sources = new EnergySource[Canonical.ReadArrayUpTo(reader, NodeRegistration.MaxSources)];
        for (var i = 0; i < sources.Length; i++)
        {
            Canonical.ReadArray(reader, 5);
            sources[i] = new EnergySource(
                Canonical.ReadText(reader, EnergySource.MaxNameLength, "name"),
                (Carrier)reader.ReadInt32(),
                (SourceKind)reader.ReadInt32(),
                reader.ReadInt64(),
                reader.ReadInt64());
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        var record = new NodeRecord(party, meteringPoint, sources, reader.ReadInt64(), reader.ReadInt64());
        reader.ReadEndArray();
        return record;
    }
}
