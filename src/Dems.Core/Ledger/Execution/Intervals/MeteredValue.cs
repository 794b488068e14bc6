using Dems.Core.Allocation;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>What one register says about one interval.</summary>
/// <param name="Quantity">Wh; 0 if it says nothing usable.</param>
/// <param name="IsComplete">Whether readings within the interval cover all of it.</param>
/// <param name="IsFinal">Whether all of them are measured, substituted or derived, fit for settlement.</param>
internal readonly record struct MeteredValue(long Quantity, bool IsComplete, bool IsFinal)
{
    /// <summary>Beyond this no register of a node counts: 2⁴⁵ Wh in one interval. It keeps a hundred thousand nodes within what an allocation can sum.</summary>
    public const long MaxQuantity = AllocationBounds.MaxTotal / (1L << 17);

    /// <summary>Sums the readings of a register that lie within an interval; they must cover it without a gap.</summary>
    public static MeteredValue Read(StateDraft draft, NodeAddress node, Register register, IntervalSpan span)
    {
        var (quantity, at, isFinal) = (0L, span.Start, true);
        for (var day = span.Day; (long)day * BatchExecution.SecondsPerDay < span.End; day++)
        {
            var midnight = (long)day * BatchExecution.SecondsPerDay;
            if (draft.Get(StateKeys.DayBucket(node, register, day), StateDecoders.DayBucket) is not { } bucket)
            {
                return default;
            }

            for (var i = bucket.LowerBound((int)Math.Max(at - midnight, 0)); i < bucket.Count && midnight + bucket[i].Offset == at && at < span.End; i++)
            {
                var slot = bucket[i];
                at += slot.Duration;
                quantity += Math.Min(slot.Quantity, MaxQuantity + 1);
                isFinal &= slot.Quality is Quality.Measured or Quality.Substituted or Quality.Derived;
            }
        }

        return at == span.End && quantity <= MaxQuantity ? new MeteredValue(quantity, IsComplete: true, isFinal) : default;
    }
}
