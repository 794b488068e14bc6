namespace Dems.Contracts.Queries;

/// <summary>Precommits of one round by at least q validators.</summary>
/// <param name="Round">The round of the precommits.</param>
/// <param name="Signatures">One per validator, ascending.</param>
public sealed record CertificateView(int Round, IReadOnlyList<CertificateSignatureView> Signatures);
