using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Cli.Chaos;

/// <summary>What a validator signed, as an auditor sees it: where (chain, height, round, kind), and what it said there.</summary>
/// <param name="Validator">Index of the signer.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Height">The height.</param>
/// <param name="Round">The round.</param>
/// <param name="Kind">1 proposal, 2 prevote, 3 precommit: the order in which they come within a round.</param>
/// <param name="Said">The block, or nil; for a proposal with its valid round.</param>
internal readonly record struct SignedMessage(int Validator, ChainId Chain, long Height, int Round, int Kind, string Said)
{
    public const int Precommit = 3;

    /// <summary>Order of places on one chain.</summary>
    public (long Height, int Round, int Kind) Place => (Height, Round, Kind);

    public static SignedMessage Of(Vote vote) =>
        new(vote.Validator, vote.Chain, vote.Height.Value, vote.Round, vote.Type == VoteType.Prevote ? 2 : Precommit, vote.IsNil ? "nil" : vote.Block.ToString());

    public static SignedMessage Of(Proposal proposal) =>
        new(proposal.Proposer, proposal.Chain, proposal.Height.Value, proposal.Round, 1, $"{proposal.BlockHash} {proposal.ValidRound}");

    /// <summary>The precommits inside a certificate.</summary>
    public static IEnumerable<SignedMessage> Of(CommitCertificate certificate) => certificate.Signatures.Select(signature => new SignedMessage(
        signature.Validator, certificate.Chain, certificate.Height.Value, certificate.Round, Precommit, certificate.Block.ToString()));
}
