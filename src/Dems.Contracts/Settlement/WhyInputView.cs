namespace Dems.Contracts.Settlement;

/// <summary>What a node brought to an interval, in Wh.</summary>
/// <param name="Node">Address of the node.</param>
/// <param name="ConsumptionWh">C.</param>
/// <param name="ProductionWh">P.</param>
public sealed record WhyInputView(string Node, long ConsumptionWh, long ProductionWh);
