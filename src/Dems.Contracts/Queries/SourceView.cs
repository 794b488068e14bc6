namespace Dems.Contracts.Queries;

/// <summary>A source behind a metering point.</summary>
/// <param name="Name">Unique within the node.</param>
/// <param name="Carrier">Energy carrier.</param>
/// <param name="Kind">What it is.</param>
/// <param name="PowerLimitW">Highest power in W; 0 is undeclared.</param>
/// <param name="MaxEnergyWh">Capacity in Wh; 0 for a source that stores nothing.</param>
public sealed record SourceView(string Name, string Carrier, string Kind, long PowerLimitW, long MaxEnergyWh);
