using System.Globalization;

namespace Dems.Formats.Nem;

/// <summary>Times of the National Electricity Market: UTC+10 all year, no daylight saving time.</summary>
internal static class NemTime
{
    private const long OffsetSeconds = 10 * 3600;

    /// <summary>
    /// Reads yyyyMMdd as the UTC second in which that market day begins; false when the calendar lacks it or it lies outside 1971 to 2199.
    /// </summary>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out long unixSeconds) => TryParse(text, "yyyyMMdd", out unixSeconds);

    /// <summary>Reads yyyyMMddHHmmss, or without the seconds.</summary>
    public static bool TryParseDateTime(ReadOnlySpan<byte> text, out long unixSeconds) =>
        TryParse(text, text.Length == 12 ? "yyyyMMddHHmm" : "yyyyMMddHHmmss", out unixSeconds);

    private static bool TryParse(ReadOnlySpan<byte> text, string format, out long unixSeconds)
    {
        unixSeconds = 0;
        Span<char> characters = stackalloc char[14];
        if (text.Length != format.Length || text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            characters[i] = (char)text[i];
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParseExact(characters[..text.Length], format, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return false;
        }

        unixSeconds = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - OffsetSeconds;
        return time.Year is > 1970 and < 2200;
    }
}
