using Dems.Core.Allocation.Arithmetic;

namespace Dems.Core.Allocation.Rules;

/// <summary>A rule that names producers as well as consumers, so that no producer key is applied. Bound to the participants of a plan.</summary>
internal abstract class MatchingRule
{
    /// <summary>Matches demand and offer.</summary>
    /// <param name="demand">Wh per participant.</param>
    /// <param name="offer">Wh per participant.</param>
    /// <param name="self">Whether a participant may be matched with itself.</param>
    /// <param name="outcome">Given, placed, and what else the rule decides, are overwritten.</param>
    /// <param name="remainders">Roundings and ties of this interval.</param>
    public abstract void Match(ReadOnlySpan<long> demand, ReadOnlySpan<long> offer, SelfSharing self, AllocationOutcome outcome, LargestRemainder remainders);
}
