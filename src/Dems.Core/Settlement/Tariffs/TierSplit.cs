namespace Dems.Core.Settlement.Tariffs;

/// <summary>Spreads the energy of a period over the tiers of its bands: tier k of a band takes min(Q, Uₖ) − min(Q, Uₖ₋₁) of the band's energy Q.</summary>
internal static class TierSplit
{
    /// <summary>The parts with energy, in <see cref="InOrder"/>.</summary>
    /// <param name="bands">The bands of a line.</param>
    /// <param name="wattHours">Energy per band in Wh, at least 0, in the order of the bands.</param>
    public static IReadOnlyList<TierPart> Split(IReadOnlyList<PriceBand> bands, ReadOnlySpan<long> wattHours)
    {
        var parts = new List<TierPart>();
        for (var band = 0; band < bands.Count; band++)
        {
            var below = 0L;
            for (var tier = 0; tier < bands[band].Tiers.Count && below < wattHours[band]; tier++)
            {
                var (upTo, price) = bands[band].Tiers[tier];
                var reached = long.Min(wattHours[band], upTo);
                parts.Add(new TierPart(bands[band].Name, tier, reached - below, price));
                below = reached;
            }
        }

        return InOrder(parts);
    }

    /// <summary>The one order of parts, in statements and corrections: by name of the band, bytewise, then by tier.</summary>
    public static IReadOnlyList<TierPart> InOrder(IEnumerable<TierPart> parts) => [.. parts.OrderBy(part => part.Band, StringComparer.Ordinal).ThenBy(part => part.Tier)];
}
