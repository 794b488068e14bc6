using System.Globalization;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Encoding;

/// <summary>The text form of windows: names of days, numbers of months, times of day from 00:00 to 24:00.</summary>
internal static class WindowText
{
    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static WindowPart PartOf(TimeWindow window) => new(
        TimeOf(window.FromMinute),
        TimeOf(window.ToMinute),
        window.Days == TimeWindow.AllDays ? null : [.. DayNames.Where((_, day) => (window.Days >> day & 1) != 0)],
        window.Months == TimeWindow.AllMonths ? null : [.. Enumerable.Range(1, 12).Where(month => (window.Months >> (month - 1) & 1) != 0)]);

    public static TimeWindow WindowOf(WindowPart part, string path) => new(
        part.Months is { } months ? Mask([.. months.Select(month => month - 1)], 12, $"{path}.months: numbers from 1 to 12, each once") : TimeWindow.AllMonths,
        part.Days is { } days ? Mask([.. days.Select(day => Array.IndexOf(DayNames, day))], 7, $"{path}.days: {string.Join(", ", DayNames)}, each once") : TimeWindow.AllDays,
        MinuteOf(part.From, $"{path}.from"),
        MinuteOf(part.To, $"{path}.to"));

    private static string TimeOf(int minute) => $"{minute / 60:00}:{minute % 60:00}";

    private static int Mask(IReadOnlyList<int> places, int count, string rule)
    {
        var isRight = places.Count > 0 && places.All(place => place >= 0 && place < count) && places.Distinct().Count() == places.Count;
        return isRight ? places.Sum(place => 1 << place) : throw new FormatException(rule);
    }

    private static int MinuteOf(string text, string path)
    {
        if (text.Length == 5 && text[2] == ':'
            && int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            && int.TryParse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes < 60 && hours * 60 + minutes <= TimeWindow.MinutesPerDay)
        {
            return hours * 60 + minutes;
        }

        throw new FormatException($"{path}: '{text}' is not a time from 00:00 to 24:00");
    }
}
