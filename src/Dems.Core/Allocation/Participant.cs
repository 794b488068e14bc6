using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>What one node brings to one interval. Every node of an active contract is listed, with zeros if it has nothing.</summary>
/// <param name="Node">Its address.</param>
/// <param name="Consumption">Cᵢ in Wh (import or consumption, by the basis), 0…<see cref="AllocationBounds.MaxQuantity"/>.</param>
/// <param name="Production">Pᵢ in Wh (export or generation), 0…<see cref="AllocationBounds.MaxQuantity"/>.</param>
public readonly record struct Participant(NodeAddress Node, long Consumption, long Production);
