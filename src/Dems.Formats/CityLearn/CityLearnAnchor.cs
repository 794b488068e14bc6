namespace Dems.Formats.CityLearn;

/// <summary>
/// Finds out when a file begins, from the rows of its first year. A change of month (hour 24, then hour 1 of the next month) fixes the day; the year
/// is the latest one up to <see cref="LatestYear"/> whose weekdays and leap day contradict the rows least. Twenty-eight years cover every calendar
/// there is, so nothing here depends on the day of the import. Damaged rows are outvoted by the others.
/// </summary>
internal static class CityLearnAnchor
{
    /// <summary>A leap year and a day: every month, the leap day and every kind of weekday show.</summary>
    public const int MaxOpeningRows = 367 * HoursPerDay;

    /// <summary>Year of the first challenge with metered homes.</summary>
    public const int LatestYear = 2022;

    private const int Calendars = 28;
    private const int HoursPerDay = 24;
    private const int HoursPerWeek = 168;
    private const int MinTolerance = 2;
    private const int TolerableShare = 10;

    /// <summary>
    /// The slot of the first row when its day is given: its own hour of that day, or midnight when the row cannot be read. Null outside 1971 to 2199.
    /// </summary>
    public static long? At(DateOnly date, CityLearnLabel first) =>
        date.Year is > 1970 and < 2200 ? HoursTo(date) + (first.IsReadable ? first.Hour - 1 : 0) : null;

    /// <summary>
    /// The slot of the first row; null when the rows show neither a change of month nor one whole month, or contradict every calendar in more than a
    /// tenth.
    /// </summary>
    public static long? Find(List<CityLearnRow> opening)
    {
        long? best = null;
        var fewest = Math.Max(opening.Count / TolerableShare, MinTolerance) + 1;
        var tried = new HashSet<long>();
        foreach (var (index, month) in Landmarks(opening))
        {
            for (var year = LatestYear; year > LatestYear - Calendars; year--)
            {
                var counted = HoursTo(new DateOnly(year, month, 1)) - index;
                foreach (var start in new[] { counted, Shift(opening[0].Label, counted) })
                {
                    var contradictions = tried.Add(start) ? Contradictions(opening, start, fewest) : fewest;
                    (best, fewest) = contradictions < fewest ? (start, contradictions) : (best, fewest);
                }
            }
        }

        return best;
    }

    /// <summary>Rows that begin a month: their index, and that month.</summary>
    private static IEnumerable<(int Index, int Month)> Landmarks(List<CityLearnRow> rows)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            var (before, after) = (rows[i - 1].Label, rows[i].Label);
            if (before.Hour == HoursPerDay && after.Hour == 1 && after.Month == before.Month % 12 + 1)
            {
                yield return (i, after.Month);
            }
        }

        if (rows[0].Label.Hour == 1 && rows[^1].Label.Hour == HoursPerDay && rows.Count is >= 28 * HoursPerDay and <= 31 * HoursPerDay)
        {
            yield return (0, rows[0].Label.Month);
        }
    }

    /// <summary>Rows missing or doubled before the landmark shift the first row: the nearest slot that its label fits.</summary>
    private static long Shift(CityLearnLabel first, long counted)
    {
        for (var shift = 1; shift < HoursPerWeek; shift++)
        {
            if (first.Fits(counted - shift))
            {
                return counted - shift;
            }

            if (first.Fits(counted + shift))
            {
                return counted + shift;
            }
        }

        return counted;
    }

    /// <summary>Contradictions of the rows to a beginning, counted up to a limit.</summary>
    private static int Contradictions(List<CityLearnRow> rows, long start, int limit)
    {
        var (sequence, placements, count) = (new CityLearnSequence(start), new List<CityLearnPlacement>(2), 0);
        for (var i = 0; i < rows.Count && count < limit; i++)
        {
            sequence.Accept(rows[i], placements);
            foreach (var placement in placements)
            {
                count += placement.Contradiction;
            }

            placements.Clear();
        }

        return count;
    }

    private static long HoursTo(DateOnly date) => (long)(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * HoursPerDay;
}
