using System.Globalization;

namespace Dems.Core.Settlement;

/// <summary>Whole numbers written with a decimal point for people: 105000 with six digits is 0.105. One number has one canonical text; reading takes any number of zeros at the end.</summary>
internal static class FixedPoint
{
    /// <summary>The shortest text.</summary>
    /// <param name="value">The whole number.</param>
    /// <param name="digits">How many of its digits stand behind the point, 0…9.</param>
    public static string Format(Int128 value, int digits)
    {
        var text = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var (whole, fraction) = (text[..^digits], text[^digits..].TrimEnd('0'));
        return $"{(value < 0 ? "-" : "")}{whole}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    /// <summary>Reads digits with an optional sign and point; false if anything else stands there, if there are more than <paramref name="digits"/> places, or if it does not fit.</summary>
    public static bool TryParse(string text, int digits, out long value)
    {
        value = 0;
        var isNegative = text.StartsWith('-');
        var parts = text[(isNegative ? 1 : 0)..].Split('.');
        var fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        if (parts.Length > 2 || !IsDigits(parts[0]) || !IsDigits(parts[^1]) || fraction.Length > digits
            || !Int128.TryParse(parts[0] + fraction.PadRight(digits, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size > long.MaxValue)
        {
            return false;
        }

        value = (long)(isNegative ? -size : size);
        return true;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
