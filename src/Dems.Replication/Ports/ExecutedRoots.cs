using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;

namespace Dems.Replication.Ports;

/// <summary>What the next header must commit to.</summary>
/// <param name="Height">The executed block; genesis before any.</param>
/// <param name="ResultsRoot">Root over the block's results.</param>
/// <param name="StateRoot">Root of the state after it.</param>
/// <param name="Changed">Whether the block had results or changed the state, so that one more block must certify them.</param>
/// <param name="Validators">The set that decides the next height.</param>
/// <param name="NextValidators">The set that decides the height after that.</param>
/// <param name="ProtocolVersion">Protocol version of the next header.</param>
/// <param name="NextDue">The block time from which on a block is needed even without entries; null if nothing is scheduled.</param>
public sealed record ExecutedRoots(
    Height Height,
    Hash32 ResultsRoot,
    Hash32 StateRoot,
    bool Changed,
    ValidatorSet Validators,
    ValidatorSet NextValidators,
    int ProtocolVersion,
    BlockTime? NextDue)
{
    /// <summary>What the first header must commit to.</summary>
    public static ExecutedRoots AtGenesis(LedgerState state) => Of(Height.Genesis, state, MerkleHash.Empty, changed: false);

    /// <summary>What executing a block gave.</summary>
    public static ExecutedRoots Of(Height height, ExecutionResult result) => Of(height, result.State, result.ResultsRoot, result.Changed);

    /// <summary>The roots that belong to a state.</summary>
    /// <param name="height">The block that gave it.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="resultsRoot">Root over the block's results.</param>
    /// <param name="changed">Whether the block had results or changed the state.</param>
    public static ExecutedRoots Of(Height height, LedgerState state, Hash32 resultsRoot, bool changed) => new(
        height,
        resultsRoot,
        state.Root,
        changed,
        state.Validators.At(height.Next),
        state.Validators.At(height.Next.Next),
        state.Protocol.Version,
        state.NextDue);
}
