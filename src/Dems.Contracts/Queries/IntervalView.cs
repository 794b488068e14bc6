namespace Dems.Contracts.Queries;

/// <summary>An interval of a pool that corrections can still change.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Its start.</param>
/// <param name="DurationSeconds">Its length.</param>
/// <param name="Status">open: it waits for readings; allocated; corrected: it is allocated again in the next block.</param>
/// <param name="Revision">How often it was allocated again; −1 while it is open.</param>
/// <param name="Totals">Sums over its nodes.</param>
/// <param name="Nodes">Nodes with an amount, in the order of registration; null in lists.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.IntervalView")]
public sealed record IntervalView(
    [property: Id(0)] string Carrier,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] int DurationSeconds,
    [property: Id(3)] string Status,
    [property: Id(4)] int Revision,
    [property: Id(5)] AmountsView Totals,
    [property: Id(6)] IReadOnlyList<IntervalNodeView>? Nodes);
