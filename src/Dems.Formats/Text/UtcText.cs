using Dems.Core.Energy;

namespace Dems.Formats.Text;

/// <summary>
/// Reads RFC 3339 times of whole seconds as seconds since 1970-01-01T00:00:00Z. A time without <c>Z</c> or an offset is refused, never guessed.
/// </summary>
internal static class UtcText
{
    private const int LocalLength = 19;
    private const string Shape = "write it like 2024-03-31T01:00:00Z or 2024-03-31T02:00:00+01:00";

    private static readonly Flaw Malformed = new("this is not a time", Shape);
    private static readonly Flaw NoSuchTime = new("the calendar has no such time", "correct the date or the time of day");
    private static readonly Flaw NoOffset = new(
        "the time has no offset, so nobody can tell when it was", "append Z for UTC, or the offset such as +01:00");
    private static readonly Flaw Fraction = new("the time is finer than a second", "intervals start on whole seconds: drop the fraction");
    private static readonly Flaw OutOfRange = new("the time lies outside 1970 to 6325", "correct the year");

    /// <summary>Reads a time; false with the flaw otherwise.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixSeconds, out Flaw flaw)
    {
        unixSeconds = 0;
        flaw = Malformed;
        if (text.Length < LocalLength || !HasSeparators(text)
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month) || !TryDigits(text[8..10], out var day)
            || !TryDigits(text[11..13], out var hour) || !TryDigits(text[14..16], out var minute) || !TryDigits(text[17..19], out var second))
        {
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            flaw = NoSuchTime;
            return false;
        }

        if (!TryOffset(text[LocalLength..], out var offset, out flaw))
        {
            return false;
        }

        var local = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        unixSeconds = (local - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - offset;
        flaw = OutOfRange;
        return unixSeconds is >= 0 and <= Reading.MaxStart;
    }

    private static bool HasSeparators(ReadOnlySpan<byte> text) =>
        text[4] == '-' && text[7] == '-' && text[10] is ((byte)'T' or (byte)'t' or (byte)' ') && text[13] == ':' && text[16] == ':';

    private static bool TryOffset(ReadOnlySpan<byte> text, out int seconds, out Flaw flaw)
    {
        seconds = 0;
        flaw = default;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        flaw = text.IsEmpty ? NoOffset : text[0] == '.' ? Fraction : Malformed;
        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !TryDigits(text[1..3], out var hours) || !TryDigits(text[4..6], out var minutes) || hours > 18 || minutes > 59)
        {
            return false;
        }

        seconds = (hours * 60 + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return true;
    }
}
