namespace Dems.Contracts.Queries;

/// <summary>One validator's precommit.</summary>
/// <param name="Validator">Index in the validator set of the height.</param>
/// <param name="Signature">64 bytes in hexadecimal.</param>
public sealed record CertificateSignatureView(int Validator, string Signature);
