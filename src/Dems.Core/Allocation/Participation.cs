using Dems.Core.Ledger;

namespace Dems.Core.Allocation;

/// <summary>A node's part in one pool, as the registry chain states it for an interval.</summary>
/// <param name="Pool">The pool's chain.</param>
/// <param name="PartsPerMillion">0…10⁶; over all pools of a node and carrier at most 10⁶.</param>
public readonly record struct Participation(ChainId Pool, int PartsPerMillion);
