namespace Dems.Cli.Flips;

/// <summary>What became of one flip.</summary>
/// <param name="Kind">What the byte belonged to.</param>
/// <param name="Found">Whether it was reported, with its place.</param>
/// <param name="Report">The first line of the report at the start; null if there was none.</param>
/// <param name="Violations">What must not happen and did.</param>
internal sealed record FlipOutcome(StoredKind Kind, bool Found, string? Report, IReadOnlyList<string> Violations);
