namespace Dems.Contracts.Queries;

/// <summary>What an interval gave a node.</summary>
/// <param name="Address">The node.</param>
/// <param name="Amounts">Its amounts.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.IntervalNodeView")]
public sealed record IntervalNodeView([property: Id(0)] string Address, [property: Id(1)] AmountsView Amounts);
