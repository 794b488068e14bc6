using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>A node's virtual storage.</summary>
/// <param name="Node">Whose it is; one unit per node.</param>
/// <param name="MaxEnergyWh">Capacity, 0…<see cref="AllocationBounds.MaxStorage"/> Wh.</param>
/// <param name="PowerW">Highest power of charging and of discharging at the node's side, 0…<see cref="AllocationBounds.MaxPower"/> W.</param>
/// <param name="ChargePpm">Energy stored per energy charged, 1…10⁶ in 10⁻⁶.</param>
/// <param name="DischargePpm">Energy delivered per energy taken out, 1…10⁶ in 10⁻⁶.</param>
public readonly record struct StorageUnit(NodeAddress Node, long MaxEnergyWh, long PowerW, int ChargePpm, int DischargePpm);
