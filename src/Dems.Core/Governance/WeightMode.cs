namespace Dems.Core.Governance;

/// <summary>Who votes, and with which weight. Numbers are part of genesis and of the signed bytes.</summary>
public enum WeightMode
{
    /// <summary>Each party that is not retired has one vote.</summary>
    PerParty = 1,

    /// <summary>Each party has one vote per node of its own whose contract has no end.</summary>
    PerNode = 2,

    /// <summary>Each member, that is each validator of the opening's height, has one vote.</summary>
    PerMember = 3,

    /// <summary>
    /// Each party has one vote per Wh of capacity (<see cref="Energy.EnergySource.MaxEnergyWh"/>) of its own nodes whose contract has no end. A node counts with at most
    /// <see cref="GovernanceRules.MaxCapacityWh"/>.
    /// </summary>
    ByCapacity = 4,
}
