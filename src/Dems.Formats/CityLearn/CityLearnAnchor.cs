namespace Dems.Formats.CityLearn;

/// <summary>
/// Finds out when a file begins. A change of month (hour 24, then hour 1 of the next month) fixes the day; the year is the latest one up to
/// <see cref="LatestYear"/> whose weekdays contradict the day types of the opening rows least. Twenty-eight years cover every calendar there is, so nothing here
/// depends on the day of the import. Damaged rows are outvoted by the others.
/// </summary>
internal static class CityLearnAnchor
{
    /// <summary>Two months and two rows: enough for a change of month even when the first one is damaged.</summary>
    public const int MaxOpeningRows = 2 * 31 * HoursPerDay + 2;

    /// <summary>Year of the first challenge with metered homes.</summary>
    public const int LatestYear = 2022;

    private const int MinOpeningRows = 2 * HoursPerDay;
    private const int TolerableShare = 10;
    private const int Calendars = 28;
    private const int HoursPerDay = 24;
    private const int HoursPerWeek = 168;

    /// <summary>Whether the newest row may bring the answer.</summary>
    public static bool IsWorthTrying(List<CityLearnRow> opening) =>
        opening.Count == MinOpeningRows || (opening.Count > MinOpeningRows && IsChangeOfMonth(opening[^2].Label, opening[^1].Label));

    /// <summary>The slot of the first row when its day is given: its own hour of that day, or midnight when the row cannot be read.</summary>
    public static long At(DateOnly date, CityLearnLabel first) => HoursTo(date) + (first.IsReadable ? first.Hour - 1 : 0);

    /// <summary>
    /// The slot of the first row; null when the rows show neither a change of month nor exactly one whole month. Unless it is the last try, an answer
    /// that more than a tenth of the rows contradict is none.
    /// </summary>
    public static long? Find(List<CityLearnRow> opening, bool isLastTry)
    {
        long? best = null;
        var fewest = isLastTry ? int.MaxValue : opening.Count / TolerableShare + 1;
        foreach (var (index, month) in Landmarks(opening))
        {
            for (var year = LatestYear; year > LatestYear - Calendars; year--)
            {
                var start = StartFor(opening, HoursTo(new DateOnly(year, month, 1)) - index);
                var contradictions = opening.Where((row, i) => row.Label.IsReadable && !row.Label.Fits(start + i)).Count();
                if (contradictions < fewest)
                {
                    (best, fewest) = (start, contradictions);
                }
            }
        }

        return best;
    }

    private static bool IsChangeOfMonth(CityLearnLabel before, CityLearnLabel after) =>
        before.Hour == HoursPerDay && after.Hour == 1 && after.Month == before.Month % 12 + 1;

    /// <summary>Rows that begin a month: their index, and that month.</summary>
    private static IEnumerable<(int Index, int Month)> Landmarks(List<CityLearnRow> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (IsChangeOfMonth(rows[i - 1].Label, rows[i].Label))
            {
                yield return (i, rows[i].Label.Month);
            }
        }

        if (rows[0].Label.Hour == 1 && rows[^1].Label.Hour == HoursPerDay && rows.Count is >= 28 * HoursPerDay and <= 31 * HoursPerDay)
        {
            yield return (0, rows[0].Label.Month);
        }
    }

    /// <summary>Rows missing or doubled before the landmark shift the first row: the nearest slot that its label fits.</summary>
    private static long StartFor(List<CityLearnRow> rows, long counted)
    {
        var first = 0;
        while (!rows[first].Label.IsReadable)
        {
            first++;
        }

        for (var shift = 0; shift < HoursPerWeek; shift++)
        {
            if (rows[first].Label.Fits(counted + first - shift))
            {
                return counted - shift;
            }

            if (shift <= HoursPerDay && rows[first].Label.Fits(counted + first + shift))
            {
                return counted + shift;
            }
        }

        return counted;
    }

    private static long HoursTo(DateOnly date) => (long)(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * HoursPerDay;
}
