using Dems.Core.Allocation;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>What one register says about one interval.</summary>
/// <param name="Quantity">Wh; 0 if it says nothing usable.</param>
/// <param name="IsComplete">Whether readings within the interval cover all of it.</param>
/// <param name="IsFinal">Whether all of them are measured, substituted or derived, fit for settlement.</param>
internal readonly record struct MeteredValue(long Quantity, bool IsComplete, bool IsFinal)
{
    /// <summary>Beyond this no register of a node counts: 2⁴⁵ Wh in one interval. It keeps a hundred thousand nodes within what an allocation can sum.</summary>
    public const long MaxQuantity = AllocationBounds.MaxTotal / (1L << 17);
}
