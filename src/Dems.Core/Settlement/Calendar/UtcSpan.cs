namespace Dems.Core.Settlement.Calendar;

/// <summary>A span of time, in seconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="Start">First second.</param>
/// <param name="End">First second after it, not before <paramref name="Start"/>.</param>
public readonly record struct UtcSpan(long Start, long End)
{
    /// <summary>Length in seconds.</summary>
    public long Seconds => End - Start;

    /// <summary>Whether nothing lies inside.</summary>
    public bool IsEmpty => End <= Start;

    /// <summary>Whether a second lies inside.</summary>
    public bool Contains(long second) => second >= Start && second < End;

    /// <summary>What both share; empty if nothing.</summary>
    public UtcSpan Intersect(UtcSpan other)
    {
        var start = long.Max(Start, other.Start);
        return new UtcSpan(start, long.Max(start, long.Min(End, other.End)));
    }
}
