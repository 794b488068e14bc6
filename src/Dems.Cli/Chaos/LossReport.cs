using System.Text.Json.Serialization;

namespace Dems.Cli.Chaos;

/// <summary>How a member came back after it lost its folder, or part of it.</summary>
internal sealed record LossReport
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("member")]
    public required int Member { get; init; }

    /// <summary>Lowest height at which the others stood when it was started again.</summary>
    [JsonPropertyName("height")]
    public required long Height { get; init; }

    /// <summary>Height of the first thing that it signed then; 0 if it signed nothing.</summary>
    [JsonPropertyName("first_signed_height")]
    public required long FirstSignedHeight { get; init; }

    /// <summary>Whether it left two blocks to the others before it signed.</summary>
    [JsonPropertyName("abstained")]
    public bool Abstained => FirstSignedHeight > Height + 2;

    /// <summary>From the start of the process to that signature.</summary>
    [JsonPropertyName("rejoin_ms")]
    public required double RejoinMs { get; init; }

    /// <summary>Whether its chain, re-executed from genesis at the end, gives the head and state root of the others.</summary>
    [JsonPropertyName("same_state_root")]
    public bool SameStateRoot { get; init; }

    [JsonIgnore]
    public bool IsGood => FirstSignedHeight > 0 && Abstained && SameStateRoot;
}
