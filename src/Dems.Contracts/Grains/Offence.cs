namespace Dems.Contracts.Grains;

/// <summary>Names a double signature: one validator, height, round and kind of message.</summary>
/// <param name="Height">Height that was signed for.</param>
/// <param name="Round">Round.</param>
/// <param name="Kind">1 prevote, 2 precommit, 3 proposal.</param>
/// <param name="Validator">Index in the validator set of the height.</param>
[GenerateSerializer]
[Immutable]
[Alias("dems.Offence")]
public readonly record struct Offence([property: Id(0)] long Height, [property: Id(1)] int Round, [property: Id(2)] int Kind, [property: Id(3)] int Validator);
