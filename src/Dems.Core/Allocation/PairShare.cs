using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>The share of one producer's energy that is assigned to one consumer.</summary>
/// <param name="Producer">From.</param>
/// <param name="Consumer">To.</param>
/// <param name="PartsPerMillion">0…10⁶ of the producer's P.</param>
public readonly record struct PairShare(NodeAddress Producer, NodeAddress Consumer, int PartsPerMillion);
