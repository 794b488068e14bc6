namespace Dems.Core.Settlement.Tariffs;

/// <summary>
/// What applies at some times: windows and the prices inside them. Tiers count the energy of this band alone, from zero in each period and section, so
/// that the amount is a function of the band's total and not of the order in which intervals came.
/// </summary>
/// <param name="Name">Unique within the line, 1…<see cref="Tariff.MaxName"/> characters.</param>
/// <param name="Windows">When; the windows of all bands of a line cover each minute of a local week exactly once, in each month.</param>
/// <param name="Tiers">At least one, rising, the last open.</param>
public sealed record PriceBand(string Name, IReadOnlyList<TimeWindow> Windows, IReadOnlyList<PriceTier> Tiers)
{
    /// <summary>Most windows of a band.</summary>
    public const int MaxWindows = 64;

    /// <summary>Most tiers of a band.</summary>
    public const int MaxTiers = 16;

    /// <summary>One price at all times.</summary>
    public static PriceBand Flat(long price) => new("all", [TimeWindow.Always], [new PriceTier(PriceTier.Open, price)]);
}
