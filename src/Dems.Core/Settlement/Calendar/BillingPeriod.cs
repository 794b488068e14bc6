using System.Globalization;

namespace Dems.Core.Settlement.Calendar;

/// <summary>Whole local days that are billed together. Which seconds they are depends on the zone and, for gas, on the carrier (<see cref="LocalTimeRules.SpanOf"/>).</summary>
/// <param name="First">First day.</param>
/// <param name="End">First day after the period, after <paramref name="First"/>.</param>
public readonly record struct BillingPeriod(DateOnly First, DateOnly End) : IComparable<BillingPeriod>
{
    /// <summary>Longest period in days: a leap year.</summary>
    public const int MaxDays = 366;

    /// <summary>Whether it has 1…<see cref="MaxDays"/> days.</summary>
    public bool IsValid => End.DayNumber - First.DayNumber is >= 1 and <= MaxDays;

    /// <summary>One day.</summary>
    public static BillingPeriod Day(DateOnly day) => new(day, day.AddDays(1));

    /// <summary>A calendar month.</summary>
    /// <param name="year">1…9998.</param>
    /// <param name="month">1…12.</param>
    public static BillingPeriod Month(int year, int month) => new(new DateOnly(year, month, 1), new DateOnly(year, month, 1).AddMonths(1));

    /// <summary>A calendar year.</summary>
    /// <param name="year">1…9998.</param>
    public static BillingPeriod Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));

    /// <summary>Reads <c>2026-01</c> for a month, <c>2026</c> for a year, <c>2026-01-01</c> for a day, or what <see cref="ToString"/> writes; false if it is none of them.</summary>
    public static bool TryParse(string text, out BillingPeriod period)
    {
        period = default;
        var parts = text.Split('/');
        if (parts.Length == 2)
        {
            period = TryDay(parts[0], out var first) && TryDay(parts[1], out var end) ? new BillingPeriod(first, end) : default;
        }
        else if (parts.Length == 1 && TryDay(text, out var day) && day < DateOnly.MaxValue)
        {
            period = Day(day);
        }
        else if (parts.Length == 1 && TryDay(text + "-01", out var month) && month.Year < DateOnly.MaxValue.Year)
        {
            period = Month(month.Year, month.Month);
        }
        else if (parts.Length == 1 && TryDay(text + "-01-01", out var year) && year.Year < DateOnly.MaxValue.Year)
        {
            period = Year(year.Year);
        }

        return period.IsValid;
    }

    /// <inheritdoc/>
    public int CompareTo(BillingPeriod other)
    {
        var order = First.CompareTo(other.First);
        return order != 0 ? order : End.CompareTo(other.End);
    }

    /// <summary>Both dates, the end exclusive, as ISO 8601 writes an interval: <c>2026-01-01/2026-02-01</c>.</summary>
    public override string ToString() => $"{First:yyyy-MM-dd}/{End:yyyy-MM-dd}";

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
