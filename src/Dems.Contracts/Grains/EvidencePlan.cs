namespace Dems.Contracts.Grains;

/// <summary>How this member would report an offence.</summary>
/// <param name="Offender">Key that signed twice, 64 bytes.</param>
/// <param name="Sequence">An unused sequence number of this member's key.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.EvidencePlan")]
public sealed record EvidencePlan([property: Id(0)] byte[] Offender, [property: Id(1)] long Sequence);
