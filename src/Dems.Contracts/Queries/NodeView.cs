namespace Dems.Contracts.Queries;

/// <summary>A registered energy node.</summary>
/// <param name="Address">Address in bech32.</param>
/// <param name="MeteringPoint">Official id.</param>
/// <param name="Party">Address of the party that owns it.</param>
/// <param name="Pool">Pool whose chain it is on.</param>
/// <param name="ValidFrom">First second of its contract.</param>
/// <param name="ValidUntil">First second no longer covered; null while it is open.</param>
/// <param name="Sources">Its sources.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.NodeView")]
public sealed record NodeView(
    [property: Id(0)] string Address,
    [property: Id(1)] string MeteringPoint,
    [property: Id(2)] string Party,
    [property: Id(3)] string Pool,
    [property: Id(4)] DateTimeOffset ValidFrom,
    [property: Id(5)] DateTimeOffset? ValidUntil,
    [property: Id(6)] IReadOnlyList<SourceView> Sources);
