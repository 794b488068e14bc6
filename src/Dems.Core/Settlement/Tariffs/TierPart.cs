namespace Dems.Core.Settlement.Tariffs;

/// <summary>The energy that fell into one tier of one band.</summary>
/// <param name="Band">Name of the band.</param>
/// <param name="Tier">Place of the tier in its band, from 0.</param>
/// <param name="WattHours">Energy in Wh; a correction may take energy out of a tier, so that it is negative.</param>
/// <param name="Price">The tier's price in 10⁻⁶ currency per kWh.</param>
public readonly record struct TierPart(string Band, int Tier, long WattHours, long Price)
{
    /// <summary>Energy times price, before the sign of a credit.</summary>
    public ExactAmount Amount => ExactAmount.Of(WattHours, Price);
}
