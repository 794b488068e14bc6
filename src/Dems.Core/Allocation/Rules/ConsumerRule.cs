using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>A rule bound to the participants of a plan: vectors stand in their order. Holds scratch space, so one thread at a time.</summary>
internal abstract class ConsumerRule
{
    /// <summary>Serves the demand from the supply.</summary>
    /// <param name="supply">Wh, 0…2⁶².</param>
    /// <param name="demand">Wh per participant; nobody receives more.</param>
    /// <param name="given">Overwritten: what each receives; Σ ≤ <paramref name="supply"/>.</param>
    /// <param name="leftover">Overwritten where a rule assigns more than is used and the rest is the consumer's; all zero otherwise.</param>
    /// <param name="remainders">Roundings and ties of this interval.</param>
    public abstract void Serve(long supply, ReadOnlySpan<long> demand, Span<long> given, Span<long> leftover, LargestRemainder remainders);
}
