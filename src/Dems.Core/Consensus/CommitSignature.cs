namespace Dems.Core.Consensus;

/// <summary>One validator's precommit signature inside a certificate.</summary>
/// <param name="Validator">Index in the validator set of the height.</param>
/// <param name="Signature">64 bytes.</param>
public readonly record struct CommitSignature(int Validator, ReadOnlyMemory<byte> Signature);
