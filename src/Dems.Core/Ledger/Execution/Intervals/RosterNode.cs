using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>A node on the roster of a carrier.</summary>
/// <param name="Ordinal">Its place in the node index.</param>
/// <param name="Address">Its address.</param>
/// <param name="Record">Its record.</param>
/// <param name="NeedsConsumption">Whether intervals wait for its consumption.</param>
/// <param name="NeedsProduction">Whether they wait for its production.</param>
internal readonly record struct RosterNode(int Ordinal, NodeAddress Address, NodeRecord Record, bool NeedsConsumption, bool NeedsProduction);
