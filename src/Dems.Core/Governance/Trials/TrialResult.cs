using Dems.Core.Energy;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Trials;

/// <summary>What a trial of a rule gave. Both sides count the same readings over the same time: what differs is the rule's doing.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="From">First second that was replayed, since 1970-01-01T00:00:00Z; 0 if nothing was.</param>
/// <param name="Until">First second after the last one that was replayed.</param>
/// <param name="Intervals">Intervals allocated under the proposed policy.</param>
/// <param name="Skipped">Stretches left out because an interval of theirs is not allocated yet.</param>
/// <param name="Missing">Sides of nodes that the proposed policy awaits and the pool's readings do not have; they count as 0.</param>
/// <param name="IsConserved">Whether in each interval, under either policy, what was allocated equals what was sold, and nobody received more than it used or sold more than it had.</param>
/// <param name="Before">Sums over all nodes under the policies in force.</param>
/// <param name="After">Sums over all nodes under the proposed one.</param>
/// <param name="Nodes">Every node with an amount, ascending by address.</param>
public sealed record TrialResult(
    Carrier Carrier,
    long From,
    long Until,
    int Intervals,
    int Skipped,
    int Missing,
    bool IsConserved,
    AllocatedAmounts Before,
    AllocatedAmounts After,
    IReadOnlyList<TrialNode> Nodes);
