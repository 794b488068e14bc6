namespace Dems.Simulation.World;

/// <summary>Virtual time and what happens in it: one event after the other, equal times in the order of their scheduling.</summary>
internal sealed class EventLoop
{
    private readonly PriorityQueue<Action, (long Time, long Number)> _events = new();
    private long _scheduled;

    /// <summary>Microseconds since the start.</summary>
    public long Now { get; private set; }

    /// <summary>Events that happened.</summary>
    public long Count { get; private set; }

    public void After(long microseconds, Action action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microseconds);
        _events.Enqueue(action, (Now + microseconds, _scheduled++));
    }

    /// <summary>Lets the next event happen. False if none is left before or at the time given.</summary>
    public bool RunNext(long until)
    {
        if (!_events.TryPeek(out var action, out var key) || key.Time > until)
        {
            return false;
        }

        _events.Dequeue();
        Now = key.Time;
        Count++;
        action();
        return true;
    }
}
