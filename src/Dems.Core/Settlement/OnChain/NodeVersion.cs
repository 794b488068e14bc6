using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What an interval gave a node, with the row that says so.</summary>
/// <param name="Node">The node.</param>
/// <param name="Amounts">What it got.</param>
/// <param name="Height">The block whose results hold the row: the newest that changed this node.</param>
/// <param name="Reference">Leaf hash of the row in that block's results tree.</param>
public readonly record struct NodeVersion(NodeAddress Node, AllocatedAmounts Amounts, Height Height, Hash32 Reference);
