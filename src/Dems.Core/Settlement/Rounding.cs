namespace Dems.Core.Settlement;

/// <summary>The one rounding rule of settlement.</summary>
internal static class Rounding
{
    /// <summary><paramref name="value"/> / <paramref name="unit"/> to the nearest whole number; exactly half goes away from zero.</summary>
    public static Int128 HalfAwayFromZero(Int128 value, Int128 unit)
    {
        var (quotient, remainder) = Int128.DivRem(value, unit);

        // Compared with what is missing to the next unit: twice the remainder could overflow.
        return Int128.Abs(remainder) >= unit - Int128.Abs(remainder) ? quotient + Int128.Sign(value) : quotient;
    }

    /// <summary>VAT on an amount of billed units, at a rate in 10⁻⁶.</summary>
    public static long Vat(long units, int ratePpm) => (long)HalfAwayFromZero((Int128)units * ratePpm, 1_000_000);
}
