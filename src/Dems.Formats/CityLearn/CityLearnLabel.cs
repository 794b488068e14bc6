namespace Dems.Formats.CityLearn;

/// <summary>What a row says about its hour. The default stands for "cannot be read" and fits nowhere.</summary>
/// <param name="Month">1…12.</param>
/// <param name="Hour">1…24; the hour that ends then.</param>
/// <param name="DayType">1 = Monday … 7 = Sunday; 8 = holiday, on any weekday.</param>
internal readonly record struct CityLearnLabel(int Month, int Hour, int DayType)
{
    public const int Holiday = 8;

    private const long LastSlot = 7030L * 366 * 24;

    public bool IsReadable => Month != 0;

    /// <summary>The label of the hour that begins <paramref name="slot"/> hours after 1970-01-01T00:00; none after the year 9000.</summary>
    public static CityLearnLabel Of(long slot)
    {
        if (slot > LastSlot)
        {
            return default;
        }

        var start = DateTime.UnixEpoch.AddHours(slot);
        return new CityLearnLabel(start.Month, start.Hour + 1, start.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)start.DayOfWeek);
    }

    /// <summary>Whether this label is right for an hour.</summary>
    public bool Fits(long slot)
    {
        var due = Of(slot);
        return IsReadable && Month == due.Month && Hour == due.Hour && (DayType == due.DayType || DayType == Holiday);
    }
}
