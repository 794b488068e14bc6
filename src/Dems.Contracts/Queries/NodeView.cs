namespace Dems.Contracts.Queries;

/// <summary>A registered energy node.</summary>
/// <param name="Address">Address in bech32.</param>
/// <param name="MeteringPoint">Official id.</param>
/// <param name="Party">Address of the party that owns it.</param>
/// <param name="Pool">Pool whose chain it is on.</param>
/// <param name="ValidFrom">First second of its contract.</param>
/// <param name="Sources">Its sources.</param>
public sealed record NodeView(string Address, string MeteringPoint, string Party, string Pool, DateTimeOffset ValidFrom, IReadOnlyList<SourceView> Sources);
