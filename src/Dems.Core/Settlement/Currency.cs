namespace Dems.Core.Settlement;

/// <summary>A currency and the smallest amount in which it is billed.</summary>
/// <param name="Code">Three capital letters (ISO 4217).</param>
/// <param name="Digits">Digits after the point of a billed amount, 0…<see cref="MaxDigits"/>: 2 bills in cents.</param>
public readonly record struct Currency(string Code, int Digits)
{
    /// <summary>Most digits after the point (ISO 4217 knows 0, 2 and 3 for money in use).</summary>
    public const int MaxDigits = 3;

    /// <summary>Euro, billed in cents.</summary>
    public static Currency Euro { get; } = new("EUR", 2);

    /// <summary>One billed unit in 10⁻⁹ of the currency: 10⁷ for cents.</summary>
    public long UnitNano => Digits switch { 0 => 1_000_000_000, 1 => 100_000_000, 2 => 10_000_000, _ => 1_000_000 };

    /// <summary>Whether code and digits are within bounds.</summary>
    public bool IsValid => Code is { Length: 3 } && Code.All(char.IsAsciiLetterUpper) && Digits is >= 0 and <= MaxDigits;

    /// <summary>An amount of billed units as text, for example <c>-12.10 EUR</c>.</summary>
    public string Format(long units)
    {
        var scale = (UInt128)(1_000_000_000 / UnitNano);
        var size = (UInt128)Int128.Abs(units);
        var whole = $"{(units < 0 ? "-" : "")}{size / scale}";
        return Digits == 0 ? $"{whole} {Code}" : $"{whole}.{(size % scale).ToString().PadLeft(Digits, '0')} {Code}";
    }
}
