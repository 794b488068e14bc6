using Dems.Core.Energy;

namespace Dems.Replication.Ports;

/// <summary>What the projection knows of a node.</summary>
/// <param name="Address">The node.</param>
/// <param name="Readings">Number of readings, revisions included.</param>
/// <param name="FirstStart">Start of its earliest interval, in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="LastEnd">End of its latest interval, likewise.</param>
public sealed record ProjectedNode(NodeAddress Address, long Readings, long FirstStart, long LastEnd);
