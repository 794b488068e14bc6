using Dems.Core.Consensus;

namespace Dems.Core.Ledger.Receipts;

/// <summary>A block after which other validators decide: the set that certified it names the one that follows.</summary>
/// <param name="Block">The block, whose header carries the hash of the next set.</param>
/// <param name="Next">The set from the next height on.</param>
public sealed record HandOver(CertifiedHeader Block, ValidatorSet Next);
