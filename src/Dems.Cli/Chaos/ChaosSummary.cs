using System.Text.Json.Serialization;

namespace Dems.Cli.Chaos;

/// <summary>What a chaos run found; the last line of <c>--json</c>.</summary>
internal sealed record ChaosSummary
{
    [JsonPropertyName("members")]
    public required int Members { get; init; }

    [JsonPropertyName("seed")]
    public required ulong Seed { get; init; }

    /// <summary>How often a member was killed, losses of folders not counted.</summary>
    [JsonPropertyName("kills")]
    public required int Kills { get; init; }

    /// <summary>Of these, kills of a member that was still starting.</summary>
    [JsonPropertyName("kills_while_starting")]
    public required int KillsWhileStarting { get; init; }

    /// <summary>Entries promised to their sender.</summary>
    [JsonPropertyName("promised")]
    public required int Promised { get; init; }

    /// <summary>Requests beyond the first per batch.</summary>
    [JsonPropertyName("retransmissions")]
    public required int Retransmissions { get; init; }

    /// <summary>Promised entries that are missing on the chain of some member.</summary>
    [JsonPropertyName("lost")]
    public required int Lost { get; init; }

    /// <summary>Promised entries that were ordered above the height promised.</summary>
    [JsonPropertyName("late")]
    public required int Late { get; init; }

    /// <summary>Votes and proposals seen leaving their signers.</summary>
    [JsonPropertyName("signatures")]
    public required int Signatures { get; init; }

    [JsonPropertyName("double_signatures")]
    public required int DoubleSignatures { get; init; }

    /// <summary>From the start of a killed member's process to its next vote.</summary>
    [JsonPropertyName("restart_ms")]
    public required Spread RestartMs { get; init; }

    /// <summary>Restarts beyond the bound.</summary>
    [JsonPropertyName("restarts_late")]
    public required int RestartsLate { get; init; }

    [JsonPropertyName("height")]
    public required long Height { get; init; }

    [JsonPropertyName("head")]
    public required string Head { get; init; }

    [JsonPropertyName("state_root")]
    public required string StateRoot { get; init; }

    /// <summary>Whether the chains of all members, re-executed from genesis, end in one block and one state.</summary>
    [JsonPropertyName("heads_agree")]
    public required bool HeadsAgree { get; init; }

    [JsonPropertyName("scenarios")]
    public required IReadOnlyList<LossReport> Scenarios { get; init; }

    /// <summary>Everything that must not happen and did; empty after a good run.</summary>
    [JsonPropertyName("violations")]
    public required IReadOnlyList<string> Violations { get; init; }

    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    [JsonPropertyName("data")]
    public required string Data { get; init; }
}
