namespace Dems.Core.Settlement.Tariffs;

/// <summary>Whether bands cover each minute of a local week exactly once, in each month.</summary>
internal static class BandCover
{
    private const string NoBand = "no band";
    private static readonly string[] DayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>The first gap or overlap; null if there is none.</summary>
    public static string? Refusal(IReadOnlyList<PriceBand> bands)
    {
        for (var month = 0; month < 12; month++)
        {
            for (var day = 0; day < 7; day++)
            {
                var reached = 0;
                foreach (var window in WindowsOf(bands, month, day).OrderBy(window => window.FromMinute).ThenBy(window => window.ToMinute))
                {
                    if (window.FromMinute != reached)
                    {
                        var what = window.FromMinute > reached ? NoBand : "two bands";
                        return $"bands: {what} at {Place(month, day, what == NoBand ? reached : window.FromMinute)}";
                    }

                    reached = window.ToMinute;
                }

                if (reached != TimeWindow.MinutesPerDay)
                {
                    return $"bands: {NoBand} at {Place(month, day, reached)}";
                }
            }
        }

        return null;
    }

    private static IEnumerable<TimeWindow> WindowsOf(IReadOnlyList<PriceBand> bands, int month, int day) =>
        bands.SelectMany(band => band.Windows).Where(window => (window.Months >> month & 1) != 0 && (window.Days >> day & 1) != 0);

    private static string Place(int month, int day, int minute) => $"{DayNames[day]} {minute / 60:00}:{minute % 60:00} in month {month + 1}";
}
