namespace Dems.Contracts.Queries;

/// <summary>An elector of an open ballot.</summary>
/// <param name="Address">The party's address, or that of the member's validator key.</param>
/// <param name="Weight">Its weight, as of the opening.</param>
/// <param name="Choice">Its vote: yes, no, abstain; null while there is none.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.ElectorView")]
public sealed record ElectorView([property: Id(0)] string Address, [property: Id(1)] long Weight, [property: Id(2)] string? Choice);
