using Dems.Core.Crypto;
using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>Checks evidence against the validators of the height that it names.</summary>
public static class EvidenceRules
{
    /// <summary>Whether both signatures verify over two different statements in canonical order; a reason otherwise.</summary>
    /// <param name="evidence">The evidence, from anywhere.</param>
    /// <param name="chain">The chain that it must be of.</param>
    /// <param name="validators">The validators of the height that it names.</param>
    /// <param name="verifier">Checks signatures.</param>
    /// <param name="error">Why it was refused; empty otherwise.</param>
    public static bool TryVerify(Evidence evidence, ChainId chain, ValidatorSet validators, ISignatureVerifier verifier, out string error)
    {
        if (evidence.Validator < 0 || evidence.Validator >= validators.Count)
        {
            error = $"validator {evidence.Validator} of {validators.Count}";
            return false;
        }

        return TryVerify(evidence, chain, validators[evidence.Validator], verifier, out error);
    }

    /// <summary>The same against a key, for whoever checks apart that it was the validator's: all that can be told without the chain.</summary>
    public static bool TryVerify(Evidence evidence, ChainId chain, PublicKey offender, ISignatureVerifier verifier, out string error)
    {
        error = Malformed(evidence, chain) ?? BadSignature(evidence, offender, verifier) ?? "";
        return error.Length == 0;
    }

    private static string? Malformed(Evidence evidence, ChainId chain)
    {
        if (evidence.Chain != chain)
        {
            return "of another chain";
        }

        if (!Enum.IsDefined(evidence.Kind))
        {
            return $"unknown kind {(int)evidence.Kind}";
        }

        if (evidence.Height.Value < 1 || evidence.Round is < 0 or > HeightState.MaxRound)
        {
            return "height or round out of range";
        }

        if (evidence.First.CompareSigned(evidence.Second) >= 0)
        {
            return "the statements are equal or not in ascending order";
        }

        // The signed bytes of a vote leave out the valid round: another value there would be a second encoding of one offence.
        return evidence.Kind != EvidenceKind.Proposal && (evidence.First.ValidRound != -1 || evidence.Second.ValidRound != -1)
            ? "a vote has no valid round"
            : null;
    }

    private static string? BadSignature(Evidence evidence, PublicKey key, ISignatureVerifier verifier)
    {
        if (!verifier.Verify(key, SignedBytesOf(evidence, evidence.First), evidence.First.Signature.Span))
        {
            return "the first signature does not verify";
        }

        return verifier.Verify(key, SignedBytesOf(evidence, evidence.Second), evidence.Second.Signature.Span)
            ? null
            : "the second signature does not verify";
    }

    private static byte[] SignedBytesOf(Evidence evidence, EvidenceStatement statement) => evidence.Kind == EvidenceKind.Proposal
        ? SignedBytes.OfProposal(evidence.Chain, evidence.Height, evidence.Round, statement.ValidRound, statement.Block)
        : SignedBytes.OfVote(evidence.Chain, evidence.Height, evidence.Round, (VoteType)evidence.Kind, statement.Block);
}
