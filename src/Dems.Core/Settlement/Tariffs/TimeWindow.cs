namespace Dems.Core.Settlement.Tariffs;

/// <summary>A time of day on some days of the week in some months, all in the pool's local time. A window over midnight is written as two.</summary>
/// <param name="Months">Bit 0 is January; at least one, 1…<see cref="AllMonths"/>.</param>
/// <param name="Days">Bit 0 is Monday; at least one, 1…<see cref="AllDays"/>.</param>
/// <param name="FromMinute">First minute of the day, 0…1439.</param>
/// <param name="ToMinute">First minute after the window, greater than <paramref name="FromMinute"/>, at most 1440.</param>
public readonly record struct TimeWindow(int Months, int Days, int FromMinute, int ToMinute)
{
    /// <summary>Every month.</summary>
    public const int AllMonths = 0xFFF;

    /// <summary>Every day of the week.</summary>
    public const int AllDays = 0x7F;

    /// <summary>Monday to Friday.</summary>
    public const int Workdays = 0x1F;

    /// <summary>Minutes of a local day as clocks show it.</summary>
    public const int MinutesPerDay = 24 * 60;

    /// <summary>All the time.</summary>
    public static TimeWindow Always => new(AllMonths, AllDays, 0, MinutesPerDay);

    /// <summary>Whether all parts are within bounds.</summary>
    public bool IsValid =>
        Months is > 0 and <= AllMonths && Days is > 0 and <= AllDays && FromMinute >= 0 && FromMinute < ToMinute && ToMinute <= MinutesPerDay;

    /// <summary>Whether a minute lies inside.</summary>
    /// <param name="month">0…11.</param>
    /// <param name="day">0…6, Monday is 0.</param>
    /// <param name="minute">0…1439.</param>
    public bool Contains(int month, int day, int minute) =>
        (Months >> month & 1) != 0 && (Days >> day & 1) != 0 && minute >= FromMinute && minute < ToMinute;
}
