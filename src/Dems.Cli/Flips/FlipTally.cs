using System.Text.Json.Serialization;

namespace Dems.Cli.Flips;

/// <summary>What became of the flips of one kind.</summary>
/// <param name="Kind">What the bytes belonged to.</param>
/// <param name="Tried">How many.</param>
/// <param name="Found">Reported by verify and by the start, and repaired.</param>
/// <param name="Harmless">Reported by neither, and nothing that the store gives out had changed.</param>
internal sealed record FlipTally(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("tried")] int Tried,
    [property: JsonPropertyName("found")] int Found,
    [property: JsonPropertyName("harmless")] int Harmless)
{
    /// <summary>Counts by kind, in the order of the kinds.</summary>
    public static IReadOnlyList<FlipTally> Of(IEnumerable<FlipOutcome> outcomes) =>
    [
        .. outcomes.GroupBy(outcome => outcome.Kind).OrderBy(group => group.Key).Select(group => new FlipTally(
            group.Key.ToString(), group.Count(), group.Count(outcome => outcome.Found), group.Count(outcome => !outcome.Found && outcome.Violations.Count == 0))),
    ];
}
