namespace Dems.Contracts.Queries;

/// <summary>What a trial of a rule gives one node.</summary>
/// <param name="Address">The node.</param>
/// <param name="Before">Under the policies in force.</param>
/// <param name="After">Under the proposed one.</param>
/// <param name="Gain">How much more it receives from the pool, in Wh; negative if less.</param>
/// <param name="SalesGain">How much more of its production the pool takes, in Wh; negative if less.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.TrialNodeView")]
public sealed record TrialNodeView(
    [property: Id(0)] string Address,
    [property: Id(1)] AmountsView Before,
    [property: Id(2)] AmountsView After,
    [property: Id(3)] long Gain,
    [property: Id(4)] long SalesGain);
