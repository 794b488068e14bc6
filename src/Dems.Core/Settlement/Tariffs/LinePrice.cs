namespace Dems.Core.Settlement.Tariffs;

/// <summary>How a tariff line comes to its amount.</summary>
public abstract record LinePrice
{
    private LinePrice()
    {
    }

    /// <summary>One price per kWh at all times.</summary>
    /// <param name="price">In 10⁻⁶ currency per kWh.</param>
    public static LinePrice Flat(long price) => new PerEnergy([PriceBand.Flat(price)]);

    /// <summary>A fixed amount per metering point and period.</summary>
    /// <param name="micro">In 10⁻⁶ currency.</param>
    public static LinePrice Fixed(long micro) => new PerPeriod(micro);

    /// <summary>Prices per kWh, by time and quantity.</summary>
    /// <param name="Bands">1…<see cref="Tariff.MaxBands"/> with distinct names. The order names the bands, it does not rank them.</param>
    public sealed record PerEnergy(IReadOnlyList<PriceBand> Bands) : LinePrice;

    /// <summary>
    /// A fixed amount for each metering point and period. Who holds the contract for a part of it bears the part of its seconds:
    /// ⌊F·b/T⌋ − ⌊F·a/T⌋ for seconds a to b of T, so that the parts of a whole period sum to F.
    /// </summary>
    /// <param name="Micro">In 10⁻⁶ currency, 0…<see cref="Tariff.MaxFee"/>.</param>
    public sealed record PerPeriod(long Micro) : LinePrice;

    /// <summary>What the allocation itself set as the value of shared energy: auctions.</summary>
    public sealed record ByAllocation : LinePrice;
}
