namespace Dems.Contracts.Queries;

/// <summary>Answer to the wish to try a rule.</summary>
/// <param name="Trial">What it gave; null if it cannot be tried.</param>
/// <param name="Refusal">Why not; null if it was.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.TrialAnswer")]
public sealed record TrialAnswer([property: Id(0)] TrialView? Trial, [property: Id(1)] string? Refusal);
