using System.Text.Json.Serialization;
using Dems.Replication.Verification;

namespace Dems.Cli.Commands;

/// <summary>What <c>dems verify</c> says of one pool.</summary>
internal sealed class VerifyReport(string pool, ChainVerification found)
{
    [JsonPropertyName("pool")]
    public string Pool => pool;

    [JsonPropertyName("sound")]
    public bool Sound => found.FirstDamage is null;

    [JsonPropertyName("height")]
    public long Height => found.Head.Value;

    [JsonPropertyName("head")]
    public string Head => found.HeadHash.ToString();

    [JsonPropertyName("entries")]
    public long Entries => found.Entries;

    [JsonPropertyName("readings")]
    public long Readings => found.Readings;

    [JsonPropertyName("state_root")]
    public string StateRoot => found.StateRoot.ToString();

    [JsonPropertyName("damage")]
    public string? Damage => found.FirstDamage?.ToString();

    public override string ToString() => Sound
        ? $"{pool}: {Height:N0} blocks, {Entries:N0} entries, {Readings:N0} readings hold; head {Head}, state {StateRoot}"
        : $"{pool}: DAMAGED after block {Height:N0}: {Damage}";
}
