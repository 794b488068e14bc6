using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>What a virtual storage holds.</summary>
/// <param name="Node">Whose it is.</param>
/// <param name="MicroWh">State in 10⁻⁶ Wh, 0…10⁶·<see cref="StorageUnit.MaxEnergyWh"/>.</param>
public readonly record struct StorageState(NodeAddress Node, long MicroWh);
