using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;

namespace Dems.Replication.Ports;

/// <summary>A reading with the node it belongs to and the entry that proves it.</summary>
/// <param name="Node">The energy node.</param>
/// <param name="Reading">Register, interval, quantity, quality, revision.</param>
/// <param name="EntryIndex">Position of its batch in the chain's tree.</param>
/// <param name="Marks">Why it is doubtful, by this member's rules.</param>
public readonly record struct ProjectedReading(NodeAddress Node, Reading Reading, long EntryIndex, Implausibility Marks = Implausibility.None);
