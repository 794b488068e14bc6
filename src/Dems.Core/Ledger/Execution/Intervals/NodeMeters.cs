namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>The meters of a node that a policy's basis counts.</summary>
/// <param name="Node">The node.</param>
/// <param name="Consumption">Its consumption side.</param>
/// <param name="Production">Its production side.</param>
internal readonly record struct NodeMeters(RosterNode Node, MeteredRegister Consumption, MeteredRegister Production);
