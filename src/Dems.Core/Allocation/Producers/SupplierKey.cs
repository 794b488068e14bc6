using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Producers;

/// <summary>A producer key bound to the participants of a plan.</summary>
internal abstract class SupplierKey
{
    /// <summary>Places exactly <paramref name="total"/>, nobody above its offer.</summary>
    /// <param name="total">Wh, at most Σ <paramref name="offer"/>.</param>
    /// <param name="offer">Wh per participant.</param>
    /// <param name="sold">Overwritten.</param>
    /// <param name="remainders">Roundings and ties of this interval.</param>
    public abstract void Place(long total, ReadOnlySpan<long> offer, Span<long> sold, LargestRemainder remainders);
}
