namespace Dems.Contracts.Queries;

/// <summary>A source behind a metering point.</summary>
/// <param name="Name">Unique within the node.</param>
/// <param name="Carrier">Energy carrier.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PowerLimitW">Highest power in W; 0 is undeclared.</param>
/// <param name="MaxEnergyWh">Capacity in Wh; 0 for a source that stores nothing.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.SourceView")]
public sealed record SourceView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Carrier,
    [property: Id(2)] string Kind,
    [property: Id(3)] long PowerLimitW,
    [property: Id(4)] long MaxEnergyWh);
