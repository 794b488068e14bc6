using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Settlement.Statements;

/// <summary>What the allocation of one interval gave one node: the only thing about energy that settlement reads. The party follows from the contract at <paramref name="Start"/>.</summary>
/// <param name="Node">The node.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start of the interval, seconds since 1970-01-01T00:00:00Z, 0…<see cref="Reading.MaxStart"/>.</param>
/// <param name="Duration">Length in seconds, 1…<see cref="Reading.MaxDuration"/>.</param>
/// <param name="Energy">Quantities, each 0…<see cref="Reading.MaxQuantity"/> Wh.</param>
/// <param name="Provisional">Whether a value of lower quality than the final settlement needs went into it.</param>
/// <param name="Reference">Names what proves it: the leaf hash of the entry or result row for which a receipt is had.</param>
public sealed record AllocatedEnergy(NodeAddress Node, Carrier Carrier, long Start, int Duration, EnergyTotals Energy, bool Provisional, Hash32 Reference)
    : IComparable<AllocatedEnergy>
{
    /// <summary>First second after the interval.</summary>
    public long End => Start + Duration;

    /// <summary>By node, carrier and start: total over rows that do not overlap.</summary>
    public int CompareTo(AllocatedEnergy? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Node.CompareTo(other.Node);
        order = order != 0 ? order : Carrier.CompareTo(other.Carrier);
        return order != 0 ? order : Start.CompareTo(other.Start);
    }

    /// <summary>Why the row is refused; null if it is not.</summary>
    internal string? Refusal()
    {
        if (Start is < 0 or > Reading.MaxStart || Duration is < 1 or > Reading.MaxDuration)
        {
            return $"the interval from {Start} over {Duration} s is out of range";
        }

        if (!Array.TrueForAll([Energy.OwnUse, Energy.SharedIn, Energy.SharedOut, Energy.GridIn, Energy.GridOut], IsQuantity))
        {
            return $"quantities: 0…{Reading.MaxQuantity} Wh are allowed";
        }

        return IsValue(Energy.SharedInValue, Energy.SharedIn) && IsValue(Energy.SharedOutValue, Energy.SharedOut)
            ? null
            : "a value of shared energy is beyond the highest price";
    }

    private static bool IsQuantity(long wattHours) => wattHours is >= 0 and <= Reading.MaxQuantity;

    // Bids and asks may be negative.
    private static bool IsValue(ExactAmount value, long wattHours) => Int128.Abs(value.Nano) <= ExactAmount.Of(wattHours, AllocationBounds.MaxPrice).Nano;
}
