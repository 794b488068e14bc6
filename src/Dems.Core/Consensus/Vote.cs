using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>A signed prevote or precommit.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">The height voted on, at least 1.</param>
/// <param name="Round">The round, from 0.</param>
/// <param name="Type">Prevote or precommit.</param>
/// <param name="Block">The block voted for; all zero is nil.</param>
/// <param name="Validator">Index of the voter in the validator set of this height.</param>
/// <param name="Signature">64 bytes over <see cref="SignedBytes.OfVote"/>; empty while unsigned.</param>
public sealed record Vote(ChainId Chain, Height Height, int Round, VoteType Type, BlockHash Block, int Validator, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Whether the vote is for no block.</summary>
    public bool IsNil => Block.Value.IsZero;
}
