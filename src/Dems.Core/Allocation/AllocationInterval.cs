using Dems.Core.Energy;
using Dems.Core.Ledger;

namespace Dems.Core.Allocation;

/// <summary>What is allocated at once: one carrier of one pool in one interval.</summary>
/// <param name="Pool">The pool's chain.</param>
/// <param name="Carrier">The carrier; each is allocated on its own.</param>
/// <param name="Start">Start in whole seconds since 1970-01-01T00:00:00Z, 0…2³⁷.</param>
/// <param name="Duration">Length in seconds, 1…<see cref="AllocationBounds.MaxDuration"/>.</param>
public readonly record struct AllocationInterval(ChainId Pool, Carrier Carrier, long Start, int Duration);
