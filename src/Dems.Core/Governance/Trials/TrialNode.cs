using Dems.Core.Energy;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Trials;

/// <summary>What a trial gives one node, summed over its intervals.</summary>
/// <param name="Node">The node.</param>
/// <param name="Before">Under the policies in force.</param>
/// <param name="After">Under the proposed one.</param>
public sealed record TrialNode(NodeAddress Node, AllocatedAmounts Before, AllocatedAmounts After)
{
    /// <summary>How much more the node receives from the pool than before, in Wh; negative if less.</summary>
    public long Gain => After.Allocated - Before.Allocated;

    /// <summary>How much more of its production the pool takes than before, in Wh; negative if less.</summary>
    public long SalesGain => After.Sold - Before.Sold;
}
