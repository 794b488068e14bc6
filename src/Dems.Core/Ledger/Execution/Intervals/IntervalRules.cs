namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// When an interval is due. Complete or corrected: at once. Incomplete: a grace period after its end or its first reading, whichever is later, so that history imported today
/// gets the same time to arrive as a live reading; and only after blocks of f + 1 proposers since then, so that no single one decides what is missing, but for the longest wait.
/// </summary>
internal static class IntervalRules
{
    /// <summary>The due time of what has nothing to do.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Block time in seconds at which an interval is to be looked at.</summary>
    public static long DueOf(IntervalSlot slot, IntervalSpan span, PoolTerms terms) => slot.Status switch
    {
        IntervalStatus.Ready or IntervalStatus.Corrected => 0,
        IntervalStatus.Open => WaitFrom(slot, span) + terms.Grace,
        _ => Never,
    };

    /// <summary>Whether an incomplete interval closes now.</summary>
    public static bool IsGraceOver(IntervalSlot slot, IntervalSpan span, PoolTerms terms, ProposerTimes proposers, int oneHonest, long now)
    {
        var from = WaitFrom(slot, span);
        return now >= from + terms.MaxGrace || (now >= from + terms.Grace && proposers.CountSince(from + terms.Grace) >= oneHonest);
    }

    /// <summary>Whether a correction still changes the allocation.</summary>
    public static bool IsCorrectable(IntervalSlot slot, PoolTerms terms, long now) => now <= slot.Since + terms.Window;

    private static long WaitFrom(IntervalSlot slot, IntervalSpan span) => Math.Max(span.End, slot.Since);
}
