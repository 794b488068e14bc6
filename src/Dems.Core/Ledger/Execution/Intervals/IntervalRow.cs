using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>The allocation of one interval as a whole, as a row of the results; the rows of its nodes follow it.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start of the interval in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Its length in seconds.</param>
/// <param name="Revision">0 for the first allocation, one more for each later one.</param>
/// <param name="PolicyFrom">Names the policy: when it came into force.</param>
/// <param name="Nodes">Nodes whose contract covers the interval.</param>
/// <param name="Missing">Sides of nodes that were awaited and did not come; they count as 0.</param>
/// <param name="IsProvisional">Whether something is missing, or a reading is estimated or provisional: not yet fit for settlement.</param>
/// <param name="Totals">Sums over all nodes.</param>
/// <param name="Price">The auction's price in 10⁻⁶ currency per kWh; null if there was none.</param>
public sealed record IntervalRow(
    Carrier Carrier,
    long Start,
    int Duration,
    int Revision,
    long PolicyFrom,
    int Nodes,
    int Missing,
    bool IsProvisional,
    AllocatedAmounts Totals,
    long? Price) : ResultRow
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Canonical bytes: [tag, carrier, start, duration, revision, policy from, nodes, missing, provisional, [totals], price or null].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(11);
        writer.WriteTextString(Domains.Interval);
        writer.WriteInt32((int)Carrier);
        writer.WriteInt64(Start);
        writer.WriteInt32(Duration);
        writer.WriteInt32(Revision);
        writer.WriteInt64(PolicyFrom);
        writer.WriteInt32(Nodes);
        writer.WriteInt32(Missing);
        writer.WriteBoolean(IsProvisional);
        Totals.Write(writer);
        if (Price is { } price)
        {
            writer.WriteInt64(price);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out IntervalRow row, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "interval row", Read, out row, out error);

    private static IntervalRow Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 11);
        Canonical.ReadTag(reader, Domains.Interval);
        var carrier = (Carrier)Canonical.ReadInteger(reader, (int)Carrier.Electricity, (int)Carrier.Cooling, "carrier");
        var start = Canonical.ReadInteger(reader, 0, Reading.MaxStart, "start");
        var duration = (int)Canonical.ReadInteger(reader, 1, Reading.MaxDuration, "duration");
        var revision = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "revision");
        var policyFrom = Canonical.ReadInteger(reader, 0, long.MaxValue, "policy");
        var nodes = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "nodes");
        var missing = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "missing");
        var isProvisional = reader.ReadBoolean();
        var totals = AllocatedAmounts.Read(reader);
        long? price = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else
        {
            price = reader.ReadInt64();
        }

        reader.ReadEndArray();
        return new IntervalRow(carrier, start, duration, revision, policyFrom, nodes, missing, isProvisional, totals, price);
    }
}
