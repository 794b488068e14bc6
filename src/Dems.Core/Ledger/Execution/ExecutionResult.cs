using Dems.Core.Consensus;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Execution;

/// <summary>What executing one block gave.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Block">All rows of its results as the next header commits to them.</param>
/// <param name="Results">One row per entry, in block order.</param>
/// <param name="Further">What became due at the block's time; these rows follow those of the entries in the tree.</param>
/// <param name="Changed">Whether there are results or the state root changed, so that another block must certify them.</param>
/// <param name="Validators">The set that decides the next height.</param>
/// <param name="NextValidators">The set that decides the height after that.</param>
public sealed record ExecutionResult(
    LedgerState State,
    BlockResults Block,
    IReadOnlyList<EntryResult> Results,
    IReadOnlyList<ResultRow> Further,
    bool Changed,
    ValidatorSet Validators,
    ValidatorSet NextValidators)
{
    /// <summary>The results as a tree; shows single rows.</summary>
    public ResultsTree Tree => Block.Tree;

    /// <summary>Root of the results tree, which the next header carries.</summary>
    public Hash32 ResultsRoot => Tree.Root;
}
