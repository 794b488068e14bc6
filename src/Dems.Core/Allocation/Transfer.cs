using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>One entry xⱼᵢ of the result matrix, never 0.</summary>
/// <param name="Producer">j.</param>
/// <param name="Consumer">i; equal to the producer for own use.</param>
/// <param name="Quantity">Wh.</param>
public readonly record struct Transfer(NodeAddress Producer, NodeAddress Consumer, long Quantity);
