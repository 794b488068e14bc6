using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>Proof that a block is final: precommits of one round by at least q validators of its height.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="Height">The height decided.</param>
/// <param name="Round">The round of the precommits.</param>
/// <param name="Block">The block decided.</param>
/// <param name="Signatures">Signatures over the precommit, strictly ascending by validator index.</param>
public sealed record CommitCertificate(ChainId Chain, Height Height, int Round, BlockHash Block, IReadOnlyList<CommitSignature> Signatures);
