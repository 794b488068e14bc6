namespace Dems.Core.Settlement.Tariffs;

/// <summary>A price up to a cumulative quantity.</summary>
/// <param name="UpToWh">End of the tier, counted from the first Wh of the band in the period: above the tier before; the last tier of a band has <see cref="Open"/>.</param>
/// <param name="Price">In 10⁻⁶ currency per kWh, within ±<see cref="Tariff.MaxPrice"/>.</param>
public readonly record struct PriceTier(long UpToWh, long Price)
{
    /// <summary>No end.</summary>
    public const long Open = long.MaxValue;
}
