using System.Text.Json.Serialization;

namespace Dems.Cli.Offline;

/// <summary>The allocation of one carrier.</summary>
internal sealed record OfflineCarrier : OfflineTotals
{
    [JsonPropertyName("carrier")]
    [JsonPropertyOrder(-9)]
    public required string Carrier { get; init; }

    [JsonPropertyName("rule")]
    [JsonPropertyOrder(-8)]
    public required string Rule { get; init; }

    [JsonPropertyName("basis")]
    [JsonPropertyOrder(-7)]
    public required string Basis { get; init; }

    [JsonPropertyName("interval_seconds")]
    [JsonPropertyOrder(-6)]
    public required int IntervalSeconds { get; init; }

    [JsonPropertyName("from")]
    [JsonPropertyOrder(-5)]
    public required DateTimeOffset From { get; init; }

    [JsonPropertyName("until")]
    [JsonPropertyOrder(-4)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>Intervals with at least one reading.</summary>
    [JsonPropertyName("intervals")]
    [JsonPropertyOrder(-3)]
    public required int Intervals { get; init; }

    /// <summary>Sides of nodes that readings do not cover in an interval, and that count 0 there.</summary>
    [JsonPropertyName("missing")]
    [JsonPropertyOrder(-2)]
    public required long Missing { get; init; }

    /// <summary>Readings that are longer than the interval or cross its bounds.</summary>
    [JsonPropertyName("readings_not_allocated")]
    [JsonPropertyOrder(-1)]
    public required long NotAllocated { get; init; }

    /// <summary>Names every amount of every node and interval: equal for equal allocations.</summary>
    [JsonPropertyName("fingerprint")]
    public required string Fingerprint { get; init; }

    [JsonPropertyName("nodes")]
    public required IReadOnlyList<OfflineNode> Nodes { get; init; }

    [JsonPropertyName("conserved")]
    public required bool Conserved { get; init; }
}
