using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>One register of a node, read interval by interval: the day is looked up once for all of its intervals. Good for as long as no reading is written.</summary>
internal sealed class MeteredRegister(StateDraft draft, NodeAddress node, Register register)
{
    private int _day = -1;
    private DayBucket? _bucket;

    /// <summary>Sums the readings that lie within an interval; they must cover it without a gap.</summary>
    public MeteredValue Read(IntervalSpan span)
    {
        var (quantity, at, isFinal) = (0L, span.Start, true);
        for (var day = span.Day; (long)day * BatchExecution.SecondsPerDay < span.End; day++)
        {
            var midnight = (long)day * BatchExecution.SecondsPerDay;
            if (BucketOf(day) is not { } bucket)
            {
                return default;
            }

            for (var i = bucket.LowerBound((int)Math.Max(at - midnight, 0)); i < bucket.Count && midnight + bucket[i].Offset == at && at < span.End; i++)
            {
                var slot = bucket[i];
                at += slot.Duration;
                quantity += Math.Min(slot.Quantity, MeteredValue.MaxQuantity + 1);
                isFinal &= slot.Quality is Quality.Measured or Quality.Substituted or Quality.Derived;
            }
        }

        return at == span.End && quantity <= MeteredValue.MaxQuantity ? new MeteredValue(quantity, IsComplete: true, isFinal) : default;
    }

    private DayBucket? BucketOf(int day)
    {
        if (day != _day)
        {
            (_day, _bucket) = (day, draft.Get(StateKeys.DayBucket(node, register, day), StateDecoders.DayBucket));
        }

        return _bucket;
    }
}
