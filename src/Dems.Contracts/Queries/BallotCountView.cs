namespace Dems.Contracts.Queries;

/// <summary>What a ballot has counted.</summary>
/// <param name="Electors">Electors with a weight above 0; 0 before the opening.</param>
/// <param name="Total">Their weights together.</param>
/// <param name="Voters">Electors that voted.</param>
/// <param name="Yes">Weight for it.</param>
/// <param name="No">Weight against it.</param>
/// <param name="Abstain">Weight that abstained.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.BallotCountView")]
public sealed record BallotCountView(
    [property: Id(0)] int Electors,
    [property: Id(1)] long Total,
    [property: Id(2)] int Voters,
    [property: Id(3)] long Yes,
    [property: Id(4)] long No,
    [property: Id(5)] long Abstain);
