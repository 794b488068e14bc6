using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>A signed proposal: a block for a round, with the round in which it last gathered q prevotes, if any.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">The height proposed for, at least 1.</param>
/// <param name="Round">The round proposed in, from 0; its header may be of an earlier round.</param>
/// <param name="ValidRound">The proposer's validRound (paper, Algorithm 1): −1 for a fresh block.</param>
/// <param name="Block">Header and ordered leaf hashes.</param>
/// <param name="BlockHash">Hash of the header, computed by whoever decoded it.</param>
/// <param name="Proposer">Index of the proposer in the validator set of this height.</param>
/// <param name="Signature">64 bytes over <see cref="SignedBytes.OfProposal"/>; empty while unsigned.</param>
public sealed record Proposal(
    ChainId Chain, Height Height, int Round, int ValidRound, Block Block, BlockHash BlockHash, int Proposer, ReadOnlyMemory<byte> Signature);
