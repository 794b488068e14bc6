using System.Security.Cryptography;
using Dems.Core.Consensus;
using Dems.Core.Crypto;

namespace Dems.Core.Tests.Consensus;

/// <summary>Signatures that repeat: SHA-512 over key and message. Everybody could forge them, so tests must not.</summary>
internal sealed class KeyedHash : ISignatureVerifier
{
    public static byte[] Sign(PublicKey key, ReadOnlySpan<byte> message) => SHA512.HashData([.. key.Bytes, .. message]);

    public static Vote Signed(Vote vote, ValidatorSet validators) => vote with
    {
        Signature = Sign(validators[vote.Validator], SignedBytes.OfVote(vote.Chain, vote.Height, vote.Round, vote.Type, vote.Block)),
    };

    public static Proposal Signed(Proposal proposal, ValidatorSet validators) => proposal with
    {
        Signature = Sign(
            validators[proposal.Proposer],
            SignedBytes.OfProposal(proposal.Chain, proposal.Height, proposal.Round, proposal.ValidRound, proposal.BlockHash)),
    };

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature.SequenceEqual(Sign(key, message));
}
