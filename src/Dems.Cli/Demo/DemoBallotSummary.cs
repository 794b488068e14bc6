using System.Text.Json.Serialization;

namespace Dems.Cli.Demo;

/// <summary>How the demo's ballot on the rule ended, and what the rule would have given on the pool's own last days.</summary>
internal sealed record DemoBallotSummary
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("carrier")]
    public required string Carrier { get; init; }

    [JsonPropertyName("rule_before")]
    public required string RuleBefore { get; init; }

    [JsonPropertyName("rule_after")]
    public required string RuleAfter { get; init; }

    /// <summary>accepted, rejected_quorum or rejected_threshold.</summary>
    [JsonPropertyName("decision")]
    public required string Decision { get; init; }

    [JsonPropertyName("yes")]
    public required long Yes { get; init; }

    [JsonPropertyName("electors")]
    public required int Electors { get; init; }

    /// <summary>Intervals that start at this time or later are allocated by the new rule.</summary>
    [JsonPropertyName("effective_from")]
    public required DateTimeOffset EffectiveFrom { get; init; }

    /// <summary>Days that the trial replayed.</summary>
    [JsonPropertyName("days")]
    public required int Days { get; init; }

    [JsonPropertyName("allocated_before_wh")]
    public required long AllocatedBeforeWh { get; init; }

    [JsonPropertyName("allocated_after_wh")]
    public required long AllocatedAfterWh { get; init; }

    [JsonPropertyName("conserved")]
    public required bool Conserved { get; init; }

    /// <summary>The nodes whose allocation differs, those that it changes most first.</summary>
    [JsonPropertyName("nodes")]
    public required IReadOnlyList<DemoBallotNode> Nodes { get; init; }
}
