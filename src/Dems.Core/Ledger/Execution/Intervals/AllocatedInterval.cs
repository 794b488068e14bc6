using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>An interval of a carrier as the state knows it.</summary>
/// <param name="Carrier">The carrier.</param>
/// <param name="Start">Start in seconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Duration">Length in seconds.</param>
/// <param name="Revision">Revision of its newest allocation; −1 while it is open.</param>
/// <param name="IsCorrected">Whether readings were corrected since, so that it will be allocated again.</param>
/// <param name="Amounts">What each node with an amount got, in the order of registration; empty while it is open.</param>
public sealed record AllocatedInterval(
    Carrier Carrier, long Start, int Duration, int Revision, bool IsCorrected, IReadOnlyList<KeyValuePair<NodeAddress, AllocatedAmounts>> Amounts)
{
    /// <summary>Whether it was allocated.</summary>
    public bool IsAllocated => Revision >= 0;

    /// <summary>Sums over the nodes.</summary>
    public AllocatedAmounts Totals => Amounts.Aggregate(default(AllocatedAmounts), (sum, node) => sum + node.Value);
}
