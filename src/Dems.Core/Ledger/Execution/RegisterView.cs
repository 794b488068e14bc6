using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution;

/// <summary>One register during judging: the bucket of the current day, and how far the neighbouring days reach into it, looked up at most once per day.</summary>
internal sealed class RegisterView(StateDraft draft, NodeAddress node, Register register, int blockDay)
{
    // A neighbour reaches as far as the longest reading.
    private const int NeighbourDays = Reading.MaxDuration / BatchExecution.SecondsPerDay;

    private readonly RegisterIndex? _index = draft.Get(StateKeys.RegisterIndex(node, register), StateDecoders.RegisterIndex);
    private readonly int _firstOpenDay = draft.Get(StateKeys.RegisterIndex(node, register), StateDecoders.RegisterIndex)?.FirstOpenDay(blockDay) ?? 0;
    private int _day = -1;
    private int? _endBefore;
    private int? _startAfter;

    public DayBucket? Bucket { get; private set; }

    public bool IsClosed { get; private set; }

    /// <summary>Goes to the day of a start and returns the seconds after its midnight.</summary>
    public int MoveTo(long start)
    {
        var day = (int)(start / BatchExecution.SecondsPerDay);
        if (day != _day)
        {
            (_day, _endBefore, _startAfter) = (day, null, null);
            IsClosed = day < _firstOpenDay;
            Bucket = _index?.Holds(day) == true ? BucketOf(day) : null;
        }

        return (int)(start % BatchExecution.SecondsPerDay);
    }

    /// <summary>End of the last reading before this day, relative to this day's midnight.</summary>
    public int EndBefore()
    {
        if (_endBefore is null)
        {
            var day = _index?.LastBefore(_day, _day - NeighbourDays) ?? -1;
            _endBefore = day < 0 ? int.MinValue : BucketOf(day)!.Last.End - (_day - day) * BatchExecution.SecondsPerDay;
        }

        return _endBefore.Value;
    }

    /// <summary>Start of the first reading after this day, relative to this day's midnight; not looked up if an end does not reach beyond the day.</summary>
    public int StartAfter(int end)
    {
        if (end <= BatchExecution.SecondsPerDay)
        {
            return int.MaxValue;
        }

        if (_startAfter is null)
        {
            var day = _index?.FirstAfter(_day, _day + NeighbourDays) ?? -1;
            _startAfter = day < 0 ? int.MaxValue : BucketOf(day)![0].Offset + (day - _day) * BatchExecution.SecondsPerDay;
        }

        return _startAfter.Value;
    }

    private DayBucket? BucketOf(int day) => draft.Get(StateKeys.DayBucket(node, register, day), StateDecoders.DayBucket);
}
