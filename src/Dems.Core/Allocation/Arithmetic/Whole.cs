namespace Dems.Core.Allocation.Arithmetic;

/// <summary>Integer divisions with their rounding in the name; divisors are positive.</summary>
internal static class Whole
{
    /// <summary>Towards minus infinity.</summary>
    public static Int128 Floor(Int128 dividend, Int128 divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Towards plus infinity.</summary>
    public static Int128 Ceiling(Int128 dividend, Int128 divisor) => -Floor(-dividend, divisor);
}
