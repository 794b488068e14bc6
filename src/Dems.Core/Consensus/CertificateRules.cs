using Dems.Core.Crypto;
using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>Checks a commit certificate: whoever holds the validators of a height needs nothing else to know that a block is final.</summary>
public static class CertificateRules
{
    /// <summary>
    /// Whether the certificate holds precommits of one round for one block by at least q distinct validators, strictly ascending, all of whose
    /// signatures verify; a reason otherwise. One bad signature refuses the whole: certificates are stored, and have no room for noise.
    /// </summary>
    /// <param name="certificate">The certificate, from anywhere.</param>
    /// <param name="chain">The chain that it must be of.</param>
    /// <param name="height">The height that it must be of.</param>
    /// <param name="validators">The validators of that height.</param>
    /// <param name="verifier">Checks signatures.</param>
    /// <param name="error">Why it was refused; empty otherwise.</param>
    public static bool TryVerify(
        CommitCertificate certificate, ChainId chain, Height height, ValidatorSet validators, ISignatureVerifier verifier, out string error)
    {
        error = Malformed(certificate, chain, height, validators) ?? BadSignature(certificate, validators, verifier) ?? "";
        return error.Length == 0;
    }

    private static string? Malformed(CommitCertificate certificate, ChainId chain, Height height, ValidatorSet validators)
    {
        if (certificate.Chain != chain)
        {
            return "of another chain";
        }

        if (certificate.Height != height)
        {
            return $"of height {certificate.Height}, not {height}";
        }

        if (certificate.Round is < 0 or > HeightState.MaxRound)
        {
            return $"round {certificate.Round} is out of range";
        }

        if (certificate.Block.Value.IsZero)
        {
            return "for no block";
        }

        if (certificate.Signatures.Count < validators.Quorum)
        {
            return $"{certificate.Signatures.Count} signatures of {validators.Quorum} needed";
        }

        var previous = -1;
        foreach (var signature in certificate.Signatures)
        {
            if (signature.Validator <= previous || signature.Validator >= validators.Count)
            {
                return $"validator {signature.Validator} after {previous} of {validators.Count}";
            }

            previous = signature.Validator;
        }

        return null;
    }

    private static string? BadSignature(CommitCertificate certificate, ValidatorSet validators, ISignatureVerifier verifier)
    {
        var message = SignedBytes.OfVote(certificate.Chain, certificate.Height, certificate.Round, VoteType.Precommit, certificate.Block);
        foreach (var signature in certificate.Signatures)
        {
            if (!verifier.Verify(validators[signature.Validator], message, signature.Signature.Span))
            {
                return $"the signature of validator {signature.Validator} does not verify";
            }
        }

        return null;
    }
}
