namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>The interval [<paramref name="Start"/>, <paramref name="Start"/> + <paramref name="Duration"/>).</summary>
/// <param name="Start">Seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Seconds.</param>
internal readonly record struct IntervalSpan(long Start, int Duration)
{
    /// <summary>First second after it.</summary>
    public long End => Start + Duration;

    /// <summary>UTC day of its start, counted from 1970-01-01.</summary>
    public int Day => (int)(Start / BatchExecution.SecondsPerDay);

    /// <summary>Its start in seconds after midnight UTC.</summary>
    public int Offset => (int)(Start % BatchExecution.SecondsPerDay);

    /// <summary>The interval of a grid of equal lengths, which divide a day, that holds a second.</summary>
    public static IntervalSpan Of(long second, int duration) => new(second - second % duration, duration);
}
