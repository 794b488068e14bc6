namespace Dems.Contracts.Queries;

/// <summary>A node with readings.</summary>
/// <param name="Address">Address in bech32.</param>
/// <param name="Pool">Pool whose chain it is on.</param>
/// <param name="Readings">Number of final readings, revisions included.</param>
/// <param name="From">Start of its earliest interval.</param>
/// <param name="Until">End of its latest interval.</param>
public sealed record NodeSummary(string Address, string Pool, long Readings, DateTimeOffset From, DateTimeOffset Until);
