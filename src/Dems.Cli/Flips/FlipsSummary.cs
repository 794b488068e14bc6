using System.Text.Json.Serialization;

namespace Dems.Cli.Flips;

/// <summary>What a run of flips found; the last line of <c>--json</c>.</summary>
internal sealed record FlipsSummary
{
    [JsonPropertyName("flips")]
    public required int Flips { get; init; }

    [JsonPropertyName("seed")]
    public required int Seed { get; init; }

    [JsonPropertyName("blocks")]
    public required long Blocks { get; init; }

    [JsonPropertyName("entries")]
    public required long Entries { get; init; }

    /// <summary>Bytes of the two files of which one is flipped: a store after a stop, and one after a kill with its log.</summary>
    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }

    [JsonPropertyName("kinds")]
    public required IReadOnlyList<FlipTally> Kinds { get; init; }

    /// <summary>Flips that were found and repaired from peers, or from what the store itself holds.</summary>
    [JsonPropertyName("repaired")]
    public required int Repaired { get; init; }

    /// <summary>Of the flips, those repaired over silos and HTTP/2.</summary>
    [JsonPropertyName("over_http")]
    public required int OverHttp { get; init; }

    /// <summary>Further flips of a log that held an undecided vote, after which the member rejoined and voted again.</summary>
    [JsonPropertyName("rejoined")]
    public required int Rejoined { get; init; }

    /// <summary>Everything that must not happen and did; empty after a good run.</summary>
    [JsonPropertyName("violations")]
    public required IReadOnlyList<string> Violations { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    [JsonPropertyName("data")]
    public required string Data { get; init; }
}
