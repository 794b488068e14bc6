using System.Formats.Cbor;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// What an interval gave one node, as a row of the results. A first allocation has a row for each node with an amount other than 0; a later one for each node whose amounts
/// changed, with what they replace, so that the signed difference of the two is the delta to settle.
/// </summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start of the interval in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Its length in seconds.</param>
/// <param name="Node">The node.</param>
/// <param name="Revision">0 for the first allocation of the interval, one more for each later one.</param>
/// <param name="Amounts">What it got.</param>
/// <param name="Replaces">What the row before said; null if this is the node's first for the interval.</param>
public sealed record AllocationRow(
    Carrier Carrier, long Start, int Duration, NodeAddress Node, int Revision, AllocatedAmounts Amounts, AllocatedAmounts? Replaces) : ResultRow
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 256;

    /// <summary>Canonical bytes: [tag, carrier, start, duration, node, revision, [amounts], [replaced amounts] or null].</summary>
    private protected override void Write(CborWriter writer)
    {
        writer.WriteStartArray(8);
        writer.WriteTextString(Domains.Allocation);
        writer.WriteInt32((int)Carrier);
        writer.WriteInt64(Start);
        writer.WriteInt32(Duration);
        writer.WriteByteString(Node.ToArray());
        writer.WriteInt32(Revision);
        Amounts.Write(writer);
        if (Replaces is { } replaced)
        {
            replaced.Write(writer);
        }
        else
        {
            writer.WriteNull();
        }

        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out AllocationRow row, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "allocation row", Read, out row, out error);

    private static AllocationRow Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 8);
        Canonical.ReadTag(reader, Domains.Allocation);
        var carrier = (Carrier)Canonical.ReadInteger(reader, (int)Carrier.Electricity, (int)Carrier.Cooling, "carrier");
        var start = Canonical.ReadInteger(reader, 0, Reading.MaxStart, "start");
        var duration = (int)Canonical.ReadInteger(reader, 1, Reading.MaxDuration, "duration");
        var node = new NodeAddress(Canonical.ReadBytes(reader, NodeAddress.Size, "node").Span);
        var revision = (int)Canonical.ReadInteger(reader, 0, int.MaxValue, "revision");
        var amounts = AllocatedAmounts.Read(reader);
        AllocatedAmounts? replaced = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else
        {
            replaced = AllocatedAmounts.Read(reader);
        }

        reader.ReadEndArray();
        return new AllocationRow(carrier, start, duration, node, revision, amounts, replaced);
    }
}
