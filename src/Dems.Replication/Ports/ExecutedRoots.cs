using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>What the next header must commit to.</summary>
/// <param name="Height">The executed block; genesis before any.</param>
/// <param name="ResultsRoot">Root over the block's results.</param>
/// <param name="StateRoot">Root of the state after it.</param>
/// <param name="Changed">Whether the block had results or changed the state, so that one more block must certify them.</param>
/// <param name="Validators">The set that decides the next height.</param>
/// <param name="NextValidators">The set that decides the height after that.</param>
public sealed record ExecutedRoots(
    Height Height, Hash32 ResultsRoot, Hash32 StateRoot, bool Changed, ValidatorSet Validators, ValidatorSet NextValidators);
