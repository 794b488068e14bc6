using Dems.Core.Energy;

namespace Dems.Core.Allocation;

/// <summary>One step of the arithmetic that led to an allocation.</summary>
/// <param name="Node">Whom it concerns; <see cref="NodeAddress.IsNone"/> for the pool.</param>
/// <param name="Formula">In the symbols of docs/allocation.md.</param>
/// <param name="Numbers">The formula with its numbers, and how it was rounded.</param>
/// <param name="Value">The outcome, in Wh unless the formula says otherwise.</param>
public sealed record AllocationStep(NodeAddress Node, string Formula, string Numbers, long Value)
{
    /// <summary>Formula, numbers, outcome.</summary>
    public override string ToString() => $"{Formula}: {Numbers} → {Value}";
}
