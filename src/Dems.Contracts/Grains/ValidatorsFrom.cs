namespace Dems.Contracts.Grains;

/// <summary>A validator set and when it begins to decide.</summary>
/// <param name="Height">First height that it decides.</param>
/// <param name="Keys">Its keys in order, 64 bytes each.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.ValidatorsFrom")]
public sealed record ValidatorsFrom([property: Id(0)] long Height, [property: Id(1)] IReadOnlyList<byte[]> Keys);
