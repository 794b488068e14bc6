namespace Dems.Contracts.Queries;

/// <summary>What the intervals of a pool gave, summed over those that corrections can still change, and over all carriers; Wh.</summary>
/// <param name="Intervals">Intervals that were allocated.</param>
/// <param name="Allocated">Received from the pool, own use included.</param>
/// <param name="Exported">Supplied that nobody in the pool took.</param>
/// <param name="Grid">Bought outside the pool.</param>
/// <param name="IsConserved">Whether in each interval what was allocated equals what was sold, and nobody received more than it used or sold more than it had.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.PoolBalance")]
public sealed record PoolBalance(
    [property: Id(0)] long Intervals,
    [property: Id(1)] long Allocated,
    [property: Id(2)] long Exported,
    [property: Id(3)] long Grid,
    [property: Id(4)] bool IsConserved);
