namespace Dems.Core.Settlement.Tariffs;

/// <summary>A tariff and when it took effect.</summary>
/// <param name="From">First second of the intervals that it prices, since 1970-01-01T00:00:00Z.</param>
/// <param name="Tariff">The tariff.</param>
public sealed record TariffVersion(long From, Tariff Tariff);
