using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// Proof that a validator signed two different messages of one kind for one (chain, height, round): no correct validator does. It holds what was
/// signed, not the blocks, so that it stays small and anybody can check it by <see cref="EvidenceRules"/>.
/// </summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">The height.</param>
/// <param name="Round">The round.</param>
/// <param name="Kind">What was signed twice.</param>
/// <param name="Validator">Index of the signer in the validator set of the height.</param>
/// <param name="First">The lesser statement by <see cref="EvidenceStatement.CompareSigned"/>, so that all members write the same evidence in the same order.</param>
/// <param name="Second">The greater statement.</param>
public sealed record Evidence(
    ChainId Chain, Height Height, int Round, EvidenceKind Kind, int Validator, EvidenceStatement First, EvidenceStatement Second)
{
    /// <summary>From two votes of one validator, round and type for different blocks, in either order.</summary>
    public static Evidence Of(Vote one, Vote other) => Ordered(
        one.Chain, one.Height, one.Round, (EvidenceKind)one.Type, one.Validator,
        new EvidenceStatement(one.Block, -1, one.Signature),
        new EvidenceStatement(other.Block, -1, other.Signature));

    /// <summary>From two proposals of one validator and round with different blocks or valid rounds, in either order.</summary>
    public static Evidence Of(Proposal one, Proposal other) => Ordered(
        one.Chain, one.Height, one.Round, EvidenceKind.Proposal, one.Proposer,
        new EvidenceStatement(one.BlockHash, one.ValidRound, one.Signature),
        new EvidenceStatement(other.BlockHash, other.ValidRound, other.Signature));

    private static Evidence Ordered(
        ChainId chain, Height height, int round, EvidenceKind kind, int validator, EvidenceStatement one, EvidenceStatement other) =>
        one.CompareSigned(other) <= 0
            ? new(chain, height, round, kind, validator, one, other)
            : new(chain, height, round, kind, validator, other, one);
}
