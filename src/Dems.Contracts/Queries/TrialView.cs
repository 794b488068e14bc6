namespace Dems.Contracts.Queries;

/// <summary>A rule tried on the pool's own last days: the same readings, allocated by the policies in force and by the proposed one.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Days">Days with allocated intervals that were replayed.</param>
/// <param name="From">Start of the first interval replayed; null if there was none.</param>
/// <param name="Until">End of the last one; null if there was none.</param>
/// <param name="Intervals">Intervals allocated under the proposed policy.</param>
/// <param name="Skipped">Stretches left out because an interval of theirs is not allocated yet.</param>
/// <param name="Missing">Sides of nodes that the proposed policy awaits and the readings do not have; they count as 0.</param>
/// <param name="IsConserved">Whether in each interval, under either policy, allocated equals sold and nobody received more than it used or sold more than it had.</param>
/// <param name="Before">Sums under the policies in force.</param>
/// <param name="After">Sums under the proposed one.</param>
/// <param name="Nodes">Every node with an amount, ascending by address.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.TrialView")]
public sealed record TrialView(
    [property: Id(0)] string Carrier,
    [property: Id(1)] int Days,
    [property: Id(2)] DateTimeOffset? From,
    [property: Id(3)] DateTimeOffset? Until,
    [property: Id(4)] int Intervals,
    [property: Id(5)] int Skipped,
    [property: Id(6)] int Missing,
    [property: Id(7)] bool IsConserved,
    [property: Id(8)] AmountsView Before,
    [property: Id(9)] AmountsView After,
    [property: Id(10)] IReadOnlyList<TrialNodeView> Nodes);
