using Dems.Core.Energy;

namespace Dems.Core.Settlement.Calendar;

/// <summary>
/// Local time of one zone as data: the offset from UTC and when it changes. Core knows no time-zone database; this table comes from outside, its hash is
/// activated by ballot (DESIGN section 5), and everything that depends on local time is a function of it. Days may have 23, 24 or 25 hours, or any
/// other length that the table gives them.
/// </summary>
/// <remarks>Invariant: changes ascend strictly inside [<see cref="From"/>, <see cref="Until"/>) and each changes the offset, so that equal zones have equal tables.</remarks>
public sealed class LocalTimeRules
{
    /// <summary>Largest offset: 18 hours (the bound of ISO 8601 implementations; real offsets end at 14).</summary>
    public const int MaxOffset = 18 * 3600;

    /// <summary>Most changes of one table.</summary>
    public const int MaxChanges = 2_000;

    /// <summary>Longest name of a zone.</summary>
    public const int MaxZone = 64;

    private const int SecondsPerDay = 24 * 3600;

    // changes[0] is the offset at the beginning; the spans between are never empty.
    private readonly OffsetChange[] _changes;

    private LocalTimeRules(string zone, OffsetChange[] changes, long until) => (Zone, _changes, Until) = (zone, changes, until);

    /// <summary>IANA name of the zone, for people.</summary>
    public string Zone { get; }

    /// <summary>First second that the table covers, since 1970-01-01T00:00:00Z.</summary>
    public long From => _changes[0].At;

    /// <summary>First second after what the table covers.</summary>
    public long Until { get; }

    /// <summary>The offsets: the first holds from <see cref="From"/>.</summary>
    public IReadOnlyList<OffsetChange> Changes => _changes;

    /// <summary>Takes a table; false with a reason if it breaks the invariant or a bound.</summary>
    /// <param name="zone">1…<see cref="MaxZone"/> printable ASCII characters without spaces.</param>
    /// <param name="changes">1…<see cref="MaxChanges"/>; the first says where the table begins.</param>
    /// <param name="until">Where the table ends, after the last change, at most <see cref="Reading.MaxStart"/>.</param>
    /// <param name="rules">The table.</param>
    /// <param name="error">The reason.</param>
    public static bool TryCreate(string zone, IReadOnlyList<OffsetChange> changes, long until, out LocalTimeRules rules, out string error)
    {
        rules = null!;
        error = Refusal(zone, changes, until) ?? "";
        if (error.Length > 0)
        {
            return false;
        }

        rules = new LocalTimeRules(zone, [.. changes], until);
        return true;
    }

    /// <summary>Whether the table covers a second, with <see cref="MaxOffset"/> to spare on both sides.</summary>
    public bool Covers(long second) => second >= From + MaxOffset && second < Until - MaxOffset;

    /// <summary>Whether the table covers all days of a period.</summary>
    public bool Covers(BillingPeriod period) =>
        Covers(Unadjusted(period.First, 0) - MaxOffset) && Covers(Unadjusted(period.End, SecondsPerDay) + MaxOffset);

    /// <summary>Local minus UTC in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The table does not reach there: see <see cref="Covers(long)"/>.</exception>
    public int OffsetAt(long second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(second, From);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, Until);
        return _changes[IndexAt(second)].OffsetSeconds;
    }

    /// <summary>What the wall shows.</summary>
    public LocalTime At(long second)
    {
        var local = second + OffsetAt(second);
        var day = Floor(local, SecondsPerDay);
        return new LocalTime(DateOfDay(day), (int)(local - day * SecondsPerDay));
    }

    /// <summary>
    /// The first second at which the wall shows this time of this date or, if it is skipped, a later one: the earlier of two when clocks go back, the end of
    /// the gap when they go forward.
    /// </summary>
    /// <param name="date">A local date.</param>
    /// <param name="secondOfDay">0…86 400.</param>
    public long FirstSecondOf(DateOnly date, int secondOfDay)
    {
        var wanted = Unadjusted(date, secondOfDay);
        for (var i = IndexAt(long.Max(wanted - MaxOffset, From)); i < _changes.Length; i++)
        {
            var second = long.Max(wanted - _changes[i].OffsetSeconds, _changes[i].At);
            if (second < EndOf(i))
            {
                return second;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(date), $"the table of {Zone} ends before {date:yyyy-MM-dd}");
    }

    /// <summary>The seconds of one local day.</summary>
    /// <param name="date">The date on which it begins.</param>
    /// <param name="dayStart">When it begins, see <see cref="DayStart"/>.</param>
    public UtcSpan Day(DateOnly date, int dayStart = DayStart.Midnight) => new(FirstSecondOf(date, dayStart), FirstSecondOf(date.AddDays(1), dayStart));

    /// <summary>The date of the day in which a second lies: that on the wall, or the one before until <paramref name="dayStart"/>.</summary>
    public DateOnly DayOf(long second, int dayStart = DayStart.Midnight)
    {
        // Where clocks go back over midnight a date is shown twice; the span of the day decides.
        var date = At(second).Date.AddDays(1);
        while (FirstSecondOf(date, dayStart) > second)
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>The seconds of a period for a carrier: from the start of its first day to the start of the day after its last.</summary>
    public UtcSpan SpanOf(BillingPeriod period, Carrier carrier)
    {
        var start = DayStart.Of(carrier);
        return new UtcSpan(FirstSecondOf(period.First, start), FirstSecondOf(period.End, start));
    }

    private static string? Refusal(string zone, IReadOnlyList<OffsetChange> changes, long until)
    {
        if (zone.Length is 0 or > MaxZone || !zone.All(c => c is > ' ' and <= '~'))
        {
            return $"zone: 1…{MaxZone} printable ASCII characters without spaces are allowed";
        }

        if (changes.Count is 0 or > MaxChanges)
        {
            return $"changes: 1…{MaxChanges} are allowed, not {changes.Count}";
        }

        for (var i = 0; i < changes.Count; i++)
        {
            if (int.Abs(changes[i].OffsetSeconds) > MaxOffset)
            {
                return $"changes[{i}]: an offset of {changes[i].OffsetSeconds} s is beyond {MaxOffset} s";
            }

            if (i > 0 && (changes[i].At <= changes[i - 1].At || changes[i].OffsetSeconds == changes[i - 1].OffsetSeconds))
            {
                return $"changes[{i}]: must be later than the one before and change the offset";
            }
        }

        return changes[0].At < -Reading.MaxStart || until > Reading.MaxStart || changes[^1].At >= until ? $"the table must end after its last change and lie within ±{Reading.MaxStart} s" : null;
    }

    private static long Unadjusted(DateOnly date, int secondOfDay) => (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * (long)SecondsPerDay + secondOfDay;

    private static DateOnly DateOfDay(long day) => DateOnly.FromDayNumber((int)(day + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber));

    private static long Floor(long value, long unit) => value >= 0 ? value / unit : -((unit - 1 - value) / unit);

    private long EndOf(int index) => index + 1 < _changes.Length ? _changes[index + 1].At : Until;

    private int IndexAt(long second)
    {
        var (low, high) = (0, _changes.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _changes[middle].At <= second ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
