using Dems.Core.Energy;

namespace Dems.Formats.Text;

/// <summary>Reads decimal text as whole watt-hours, exactly: no floating point comes near it.</summary>
internal static class EnergyText
{
    /// <summary>Powers of ten that make a unit a watt-hour.</summary>
    public const int Wh = 0;

    /// <inheritdoc cref="Wh"/>
    public const int KWh = 3;

    /// <inheritdoc cref="Wh"/>
    public const int MWh = 6;

    private const string PlainNumber = "write a plain number: digits and at most one decimal point";

    private static readonly Flaw Empty = new("there is no quantity", "state one, or leave the row out");
    private static readonly Flaw Negative = new(
        "the quantity is negative", "registers count upwards: report what flows the other way under its own register");
    private static readonly Flaw Comma = new("a comma stands in the number", "write the decimal point as '.', and no thousands separators");
    private static readonly Flaw NotANumber = new("this is not a number", PlainNumber);
    private static readonly Flaw Fine = new("the quantity is finer than 1 Wh", "round it at the source, or choose a rounding for the import");
    private static readonly Flaw TooLarge = new($"the quantity exceeds {Reading.MaxQuantity} Wh", "check the unit");

    /// <summary>
    /// Reads a quantity given in 10^<paramref name="scale"/> Wh; false with the flaw when it is no number, negative, too large, or too fine.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int scale, Rounding rounding, out long wattHours, out Flaw flaw)
    {
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        wattHours = 0;
        if ((whole.IsEmpty && fraction.IsEmpty) || !AllDigits(whole) || !AllDigits(fraction))
        {
            flaw = Explain(text);
            return false;
        }

        flaw = TooLarge;
        if (!TryAppend(whole, ref wattHours) || !TryAppend(fraction[..Math.Min(scale, fraction.Length)], ref wattHours))
        {
            return false;
        }

        for (var i = fraction.Length; i < scale; i++)
        {
            wattHours *= 10;
            if (wattHours > Reading.MaxQuantity)
            {
                return false;
            }
        }

        var rest = fraction.Length > scale ? fraction[scale..].TrimEnd((byte)'0') : [];
        if (!rest.IsEmpty && rounding == Rounding.Refuse)
        {
            flaw = Fine;
            return false;
        }

        wattHours += RoundsUp(rest, wattHours) ? 1 : 0;
        return wattHours <= Reading.MaxQuantity;
    }

    private static bool TryAppend(ReadOnlySpan<byte> digits, ref long value)
    {
        foreach (var digit in digits)
        {
            value = value * 10 + (digit - '0');
            if (value > Reading.MaxQuantity)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Half-even on the digits behind the last kept one, which carry no trailing zeros.</summary>
    private static bool RoundsUp(ReadOnlySpan<byte> rest, long kept)
    {
        if (rest.IsEmpty || rest[0] != (byte)'5')
        {
            return !rest.IsEmpty && rest[0] > (byte)'5';
        }

        return rest.Length > 1 || (kept & 1) == 1;
    }

    private static bool AllDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static Flaw Explain(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Empty;
        }

        if (text[0] == (byte)'-' && text.Length > 1)
        {
            return Negative;
        }

        return text.Contains((byte)',') ? Comma : NotANumber;
    }
}
