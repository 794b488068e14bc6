using Dems.Core.Energy;
using Dems.Core.Settlement.Statements;

namespace Dems.Core.Settlement.Corrections;

/// <summary>How the allocation of one node and interval changed: what a re-settlement adds to what was settled.</summary>
/// <param name="Node">The node.</param>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start of the interval, seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Its length in seconds.</param>
/// <param name="Change">New minus old, signed.</param>
/// <param name="Replaces">Reference of the row that no longer holds; zero if there was none.</param>
/// <param name="Reference">Reference of the row that holds now.</param>
public sealed record EnergyDelta(NodeAddress Node, Carrier Carrier, long Start, int Duration, EnergyTotals Change, Hash32 Replaces, Hash32 Reference);
