namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>What an interval gave one node, by the node's place in the index; Wh.</summary>
/// <param name="Ordinal">Place in the node index.</param>
/// <param name="Amounts">The amounts.</param>
internal readonly record struct NodeOutcome(int Ordinal, AllocatedAmounts Amounts);
