using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>A node's share.</summary>
/// <param name="Node">The node.</param>
/// <param name="PartsPerMillion">0…10⁶.</param>
public readonly record struct NodeShare(NodeAddress Node, int PartsPerMillion);
