using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Contracts.Queries;

/// <summary>Amounts of a node, or of a pool, over one or more intervals; Wh.</summary>
/// <param name="Consumption">What was used.</param>
/// <param name="Production">What was produced.</param>
/// <param name="Allocated">Received from the pool, own use included.</param>
/// <param name="Sold">Given to the pool, own use included.</param>
/// <param name="Grid">Bought outside the pool.</param>
/// <param name="Export">Supplied that nobody in the pool took.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.AmountsView")]
public sealed record AmountsView(
    [property: Id(0)] long Consumption,
    [property: Id(1)] long Production,
    [property: Id(2)] long Allocated,
    [property: Id(3)] long Sold,
    [property: Id(4)] long Grid,
    [property: Id(5)] long Export)
{
    /// <summary>Amounts of the ledger.</summary>
    public static AmountsView Of(AllocatedAmounts amounts) =>
        new(amounts.Consumption, amounts.Production, amounts.Allocated, amounts.Sold, amounts.Grid, amounts.Export);
}
