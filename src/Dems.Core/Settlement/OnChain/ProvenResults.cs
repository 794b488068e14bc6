using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Receipts;

namespace Dems.Core.Settlement.OnChain;

/// <summary>All results of a block, and the next header, which commits to them.</summary>
/// <param name="Results">The rows with their seed: all of them, so that none about an interval is left out.</param>
/// <param name="Next">The header of the next height with its certificate.</param>
public sealed record ProvenResults(BlockResults Results, CertifiedHeader Next)
{
    /// <summary>The block.</summary>
    public Height Height => Next.Header.Height.Previous;
}
