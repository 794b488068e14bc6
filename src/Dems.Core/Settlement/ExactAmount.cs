namespace Dems.Core.Settlement;

/// <summary>
/// An amount of money before rounding, in 10⁻⁹ of the currency: the unit in which watt-hours times a price in 10⁻⁶ currency per kWh is a whole number.
/// Positive is owed by the party, negative is owed to it. Sums are exact; they are rounded once, by <see cref="Round"/>.
/// </summary>
/// <param name="Nano">The count, within ±2¹²⁶.</param>
public readonly record struct ExactAmount(Int128 Nano) : IComparable<ExactAmount>
{
    /// <summary>Nothing.</summary>
    public static ExactAmount Zero => default;

    /// <summary>Watt-hours at a price in 10⁻⁶ currency per kWh. Exact: Wh · 10⁻⁶/kWh = 10⁻⁹.</summary>
    public static ExactAmount Of(long wattHours, long price) => new((Int128)wattHours * price);

    /// <summary>An amount of 10⁻⁶ of the currency.</summary>
    public static ExactAmount OfMicro(long micro) => new((Int128)micro * 1_000);

    /// <summary>Billed units of the currency.</summary>
    public static ExactAmount OfUnits(long units, Currency currency) => new((Int128)units * currency.UnitNano);

    /// <summary>
    /// The nearest number of billed units, half away from zero (DIN 1333). Symmetric: the reverse of an amount rounds to the reverse of its
    /// rounding, so that a charge and its cancellation always add up to nothing.
    /// </summary>
    /// <exception cref="OverflowException">More than 2⁶³ units; bounds of tariffs and sections exclude it.</exception>
    public long Round(Currency currency) => (long)Rounding.HalfAwayFromZero(Nano, currency.UnitNano);

    /// <inheritdoc/>
    public int CompareTo(ExactAmount other) => Nano.CompareTo(other.Nano);

    /// <summary>Exact sum.</summary>
    public static ExactAmount operator +(ExactAmount left, ExactAmount right) => new(left.Nano + right.Nano);

    /// <summary>Exact difference.</summary>
    public static ExactAmount operator -(ExactAmount left, ExactAmount right) => new(left.Nano - right.Nano);

    /// <summary>The same amount in the other direction.</summary>
    public static ExactAmount operator -(ExactAmount amount) => new(-amount.Nano);
}
