using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>A node's weight.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weight">0…<see cref="AllocationBounds.MaxWeight"/>; a node of weight 0 gets nothing.</param>
public readonly record struct NodeWeight(NodeAddress Node, int Weight);
