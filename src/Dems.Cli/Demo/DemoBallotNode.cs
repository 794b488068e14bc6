using System.Text.Json.Serialization;

namespace Dems.Cli.Demo;

/// <summary>What a node receives from the pool on the days of the trial.</summary>
internal sealed record DemoBallotNode
{
    [JsonPropertyName("metering_point")]
    public required string MeteringPoint { get; init; }

    [JsonPropertyName("before_wh")]
    public required long BeforeWh { get; init; }

    [JsonPropertyName("after_wh")]
    public required long AfterWh { get; init; }
}
