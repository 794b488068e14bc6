using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Settlement.OnChain;

/// <summary>What an interval gave, as of some block.</summary>
/// <param name="Row">Its newest row as a whole.</param>
/// <param name="Height">The block whose results hold that row.</param>
/// <param name="Nodes">Nodes with a row, ascending: those that have, or once had, an amount other than 0.</param>
public sealed record IntervalVersion(IntervalRow Row, Height Height, IReadOnlyList<NodeVersion> Nodes);
