using System.Text.Json.Serialization;

namespace Dems.Cli.Chaos;

/// <summary>Median, 99th percentile (nearest rank) and maximum of some measurements; all 0 without any.</summary>
internal sealed record Spread(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("p50")] double P50,
    [property: JsonPropertyName("p99")] double P99,
    [property: JsonPropertyName("max")] double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Spread(sorted.Length, Percentile(sorted, 50), Percentile(sorted, 99), Percentile(sorted, 100));
    }

    private static double Percentile(double[] sorted, int percent) =>
        sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Max(0, (sorted.Length * percent + 99) / 100 - 1)]);
}
