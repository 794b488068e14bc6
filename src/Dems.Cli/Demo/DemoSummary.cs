using System.Text.Json.Serialization;

namespace Dems.Cli.Demo;

/// <summary>What a demo did; the last line of <c>--json</c>.</summary>
internal sealed record DemoSummary
{
    [JsonPropertyName("members")]
    public required int Members { get; init; }

    [JsonPropertyName("nodes")]
    public required int Nodes { get; init; }

    /// <summary>Good readings of the sources.</summary>
    [JsonPropertyName("readings_submitted")]
    public required long ReadingsSubmitted { get; init; }

    /// <summary>Of these, the ones that are final at every member: ordered, executed and applied.</summary>
    [JsonPropertyName("readings_final")]
    public required long ReadingsFinal { get; init; }

    [JsonPropertyName("rows_rejected")]
    public required long RowsRejected { get; init; }

    [JsonPropertyName("batches")]
    public required long Batches { get; init; }

    [JsonPropertyName("entries")]
    public required long Entries { get; init; }

    [JsonPropertyName("blocks")]
    public required long Blocks { get; init; }

    [JsonPropertyName("height")]
    public required long Height { get; init; }

    [JsonPropertyName("head")]
    public required string Head { get; init; }

    [JsonPropertyName("state_root")]
    public required string StateRoot { get; init; }

    [JsonPropertyName("heads_agree")]
    public required bool HeadsAgree { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    [JsonPropertyName("readings_per_second")]
    public required double ReadingsPerSecond { get; init; }

    /// <summary>From just before a batch was sent until it was final at the first member.</summary>
    [JsonPropertyName("finality_ms_p50")]
    public required double FinalityMsP50 { get; init; }

    [JsonPropertyName("finality_ms_p99")]
    public required double FinalityMsP99 { get; init; }

    /// <summary>Received from the pool, own use included; Wh over all carriers, like the next two.</summary>
    [JsonPropertyName("allocated_wh")]
    public required long AllocatedWh { get; init; }

    /// <summary>Supplied that nobody in the pool took.</summary>
    [JsonPropertyName("exported_wh")]
    public required long ExportedWh { get; init; }

    /// <summary>Bought outside the pool.</summary>
    [JsonPropertyName("grid_wh")]
    public required long GridWh { get; init; }

    /// <summary>Intervals that were allocated.</summary>
    [JsonPropertyName("intervals")]
    public required long Intervals { get; init; }

    /// <summary>Whether production equals allocation and export, and consumption allocation and grid, in every interval.</summary>
    [JsonPropertyName("conserved")]
    public required bool Conserved { get; init; }

    /// <summary>The ballot on the rule at the end; null if none was held.</summary>
    [JsonPropertyName("ballot")]
    public DemoBallotSummary? Ballot { get; init; }

    [JsonPropertyName("data")]
    public required string Data { get; init; }

    /// <summary>Whether everything good became final everywhere and all members agree.</summary>
    [JsonIgnore]
    public bool IsGood => HeadsAgree && Conserved && ReadingsFinal == ReadingsSubmitted;
}
