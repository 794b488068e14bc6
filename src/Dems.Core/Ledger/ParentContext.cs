using Dems.Core.Consensus;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger;

/// <summary>Everything about the previous block that the next header is a function of.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="ProtocolVersion">Version that the next block must have.</param>
/// <param name="Height">Height of the previous block; genesis for the first.</param>
/// <param name="Hash">Hash of the previous header; the genesis hash for the first block.</param>
/// <param name="Time">Time of the previous block; that of genesis for the first.</param>
/// <param name="Frontier">Right edge of the chain's tree after the previous block.</param>
/// <param name="ResultsRoot">Root of the previous block's results.</param>
/// <param name="StateRoot">Root of the state after the previous block.</param>
/// <param name="Validators">The set that decides the next block.</param>
/// <param name="NextValidators">The set that decides the one after it.</param>
public sealed record ParentContext(
    ChainId Chain,
    int ProtocolVersion,
    Height Height,
    BlockHash Hash,
    BlockTime Time,
    MerkleFrontier Frontier,
    Hash32 ResultsRoot,
    Hash32 StateRoot,
    ValidatorSet Validators,
    ValidatorSet NextValidators);
