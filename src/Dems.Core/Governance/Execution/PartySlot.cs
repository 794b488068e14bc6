using Dems.Core.Energy;

namespace Dems.Core.Governance.Execution;

/// <summary>What electorates are made of: one party with what weighs.</summary>
/// <param name="Party">Its address.</param>
/// <param name="Retired">Whether it has left.</param>
/// <param name="Nodes">Its nodes without an end of contract.</param>
/// <param name="CapacityWh">Their capacity together, each counted with at most <see cref="GovernanceRules.MaxCapacityWh"/>.</param>
internal readonly record struct PartySlot(NodeAddress Party, bool Retired, int Nodes, long CapacityWh)
{
    /// <summary>Its weight in an electorate of parties; 0 for none.</summary>
    public long WeightBy(WeightMode mode) => mode switch
    {
        _ when Retired => 0,
        WeightMode.PerParty => 1,
        WeightMode.PerNode => Nodes,
        WeightMode.ByCapacity => CapacityWh,
        _ => throw new InvalidOperationException($"Parties have no weight by {mode}."),
    };
}
