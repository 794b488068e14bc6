using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>A node on the roster of a carrier.</summary>
/// <param name="Ordinal">Its place in the node index.</param>
/// <param name="Address">Its address.</param>
/// <param name="Record">Its record.</param>
internal readonly record struct RosterNode(int Ordinal, NodeAddress Address, NodeRecord Record);
