using Dems.Core.Energy;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Settlement.Statements;

/// <summary>Finds the lines of tariffs that apply to a node and makes their pricers; computes each line's table of bands once.</summary>
internal sealed class TariffPricing
{
    // Only looked up, never enumerated.
    private readonly Dictionary<(int Version, string Line), BandTable> _tables = [];

    /// <summary>Pricers for all lines of a tariff that apply to a node, in the tariff's order.</summary>
    public LinePricer[] PricersFor(Tariff tariff, Carrier carrier, string group) =>
        [.. tariff.Lines.Where(line => line.AppliesTo(carrier, group)).Select(line => PricerFor(tariff, line))];

    /// <summary>A pricer for one line.</summary>
    public LinePricer PricerFor(Tariff tariff, TariffLine line) => new(line, tariff.Currency, TableOf(tariff, line));

    private BandTable? TableOf(Tariff tariff, TariffLine line)
    {
        if (line.Price is not LinePrice.PerEnergy { Bands: { Count: > 1 } bands })
        {
            return null;
        }

        if (!_tables.TryGetValue((tariff.Version, line.Name), out var table))
        {
            table = new BandTable(bands);
            _tables[(tariff.Version, line.Name)] = table;
        }

        return table;
    }
}
