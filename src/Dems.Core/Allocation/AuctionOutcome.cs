namespace Dems.Core.Allocation;

/// <summary>What an auction decided besides quantities. Prices in 10⁻⁶ currency per kWh.</summary>
/// <param name="Price">The uniform price; null if nothing was traded, or everyone pays as bid.</param>
/// <param name="Lower">Lowest price that the orders allow; null without a uniform price.</param>
/// <param name="Upper">Highest price that the orders allow; null without a uniform price.</param>
/// <param name="Spread">What buyers pay more than sellers receive, in 10⁻⁹ currency (a price times Wh), ≥ 0: the pool's. 0 with a uniform price.</param>
public sealed record AuctionOutcome(long? Price, long? Lower, long? Upper, Int128 Spread);
