using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Settlement.Tariffs;

/// <summary>Finds the band of a local time. An interval belongs whole to the band in which it starts: the ledger knows no finer energy.</summary>
internal sealed class BandTable
{
    // Per month and day of the week: windows ascending, without gaps.
    private readonly (int ToMinute, int Band)[][] _days = new (int, int)[12 * 7][];

    /// <summary>Takes bands that <see cref="BandCover"/> accepts.</summary>
    public BandTable(IReadOnlyList<PriceBand> bands)
    {
        for (var place = 0; place < _days.Length; place++)
        {
            var (month, day) = (place / 7, place % 7);
            _days[place] = [.. bands
                .SelectMany((band, index) => band.Windows.Where(window => window.Contains(month, day, window.FromMinute)).Select(window => (window.ToMinute, index)))
                .OrderBy(window => window.ToMinute)];
        }
    }

    /// <summary>Place of the band that holds at a local time.</summary>
    public int BandAt(LocalTime time)
    {
        var windows = _days[time.Month * 7 + time.DayOfWeek];
        var place = 0;
        while (time.MinuteOfDay >= windows[place].ToMinute)
        {
            place++;
        }

        return windows[place].Band;
    }
}
