using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Encoding;

/// <summary>Canonical form and hash of a table of local time: [tag, zone, until, [[second, offset], …]]. No version of a time-zone database: releases that leave the zone alone leave the hash alone.</summary>
public static class LocalTimeCodec
{
    /// <summary>Longest encoded table in bytes.</summary>
    public const int MaxBytes = 128 + 16 * LocalTimeRules.MaxChanges;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(LocalTimeRules rules)
    {
        var writer = Canonical.NewWriter(MaxBytes);
        writer.WriteStartArray(4);
        writer.WriteTextString(Domains.TimeZone);
        writer.WriteTextString(rules.Zone);
        writer.WriteInt64(rules.Until);
        writer.WriteStartArray(rules.Changes.Count);
        foreach (var change in rules.Changes)
        {
            writer.WriteStartArray(2);
            writer.WriteInt64(change.At);
            writer.WriteInt32(change.OffsetSeconds);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>SHA-256 of the canonical bytes, which start with the domain tag: what a ballot activates.</summary>
    public static Hash32 Hash(LocalTimeRules rules) => Hash32.Of(Encode(rules));

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out LocalTimeRules rules, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "time zone", Read, out rules, out error);

    private static LocalTimeRules Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 4);
        Canonical.ReadTag(reader, Domains.TimeZone);
        var zone = Canonical.ReadText(reader, LocalTimeRules.MaxZone, "zone");
        var until = Canonical.ReadInteger(reader, -Reading.MaxStart, Reading.MaxStart, "until");
        var changes = new OffsetChange[Canonical.ReadArrayUpTo(reader, LocalTimeRules.MaxChanges)];
        for (var i = 0; i < changes.Length; i++)
        {
            Canonical.ReadArray(reader, 2);
            changes[i] = new OffsetChange(
                Canonical.ReadInteger(reader, -Reading.MaxStart, Reading.MaxStart, "change"),
                (int)Canonical.ReadInteger(reader, -LocalTimeRules.MaxOffset, LocalTimeRules.MaxOffset, "offset"));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return LocalTimeRules.TryCreate(zone, changes, until, out var rules, out var error) ? rules : throw new FormatException(error);
    }
}
