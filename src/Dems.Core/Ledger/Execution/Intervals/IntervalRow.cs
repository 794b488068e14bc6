using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;

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
}
