namespace Dems.Contracts.Queries;

/// <summary>A register whose readings have to be chased.</summary>
/// <param name="Address">The node.</param>
/// <param name="MeteringPoint">Its official id.</param>
/// <param name="Party">Address of the party that owns it.</param>
/// <param name="Register">The register that allocation awaits.</param>
/// <param name="Intervals">Intervals that it does not cover.</param>
/// <param name="From">Start of the first of them.</param>
/// <param name="Until">End of the last of them.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.MissingView")]
public sealed record MissingView(
    [property: Id(0)] string Address,
    [property: Id(1)] string MeteringPoint,
    [property: Id(2)] string Party,
    [property: Id(3)] string Register,
    [property: Id(4)] int Intervals,
    [property: Id(5)] DateTimeOffset From,
    [property: Id(6)] DateTimeOffset Until);
