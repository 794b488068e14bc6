using System.Formats.Cbor;
using Dems.Core.Allocation;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>What one interval gave one node; Wh, ≥ 0.</summary>
/// <param name="Consumption">C: metered on the consumption side.</param>
/// <param name="Production">P: metered on the production side.</param>
/// <param name="Allocated">a ≤ C: received from the pool, own use included.</param>
/// <param name="Sold">Supplied to the pool, own use included.</param>
/// <param name="Own">Part of both that was its own before anything was shared.</param>
/// <param name="Leftover">Fed in on this node's account: what static shares assigned beyond its use.</param>
/// <param name="Charged">Put into its virtual storage.</param>
/// <param name="Discharged">Taken out of it.</param>
public readonly record struct AllocatedAmounts(
    long Consumption, long Production, long Allocated, long Sold, long Own, long Leftover, long Charged, long Discharged)
{
    /// <summary>How many amounts there are.</summary>
    public const int Count = 8;

    /// <summary>C − a: bought elsewhere.</summary>
    public long Grid => Consumption - Allocated;

    /// <summary>P + discharged − charged − sold: supplied that nobody in the pool took.</summary>
    public long Export => Production + Discharged - Charged - Sold;

    /// <summary>The amount at a place of the encoding.</summary>
    public long this[int place] => place switch
    {
        0 => Consumption,
        1 => Production,
        2 => Allocated,
        3 => Sold,
        4 => Own,
        5 => Leftover,
        6 => Charged,
        7 => Discharged,
        _ => throw new ArgumentOutOfRangeException(nameof(place)),
    };

    /// <summary>Place by place the sum.</summary>
    public static AllocatedAmounts operator +(AllocatedAmounts left, AllocatedAmounts right) => checked(new(
        left.Consumption + right.Consumption,
        left.Production + right.Production,
        left.Allocated + right.Allocated,
        left.Sold + right.Sold,
        left.Own + right.Own,
        left.Leftover + right.Leftover,
        left.Charged + right.Charged,
        left.Discharged + right.Discharged));

    /// <summary>Writes the eight amounts as an array.</summary>
    internal void Write(CborWriter writer)
    {
        writer.WriteStartArray(Count);
        for (var place = 0; place < Count; place++)
        {
            writer.WriteInt64(this[place]);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    internal static AllocatedAmounts Read(CborReader reader)
    {
        Canonical.ReadArray(reader, Count);
        Span<long> amounts = stackalloc long[Count];
        foreach (ref var amount in amounts)
        {
            amount = Canonical.ReadInteger(reader, 0, AllocationBounds.MaxTotal, "amount");
        }

        reader.ReadEndArray();
        return Of(amounts);
    }

    internal static AllocatedAmounts Of(ReadOnlySpan<long> amounts) =>
        new(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4], amounts[5], amounts[6], amounts[7]);
}
