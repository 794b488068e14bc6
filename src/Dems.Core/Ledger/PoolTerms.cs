using Dems.Core.Allocation;

namespace Dems.Core.Ledger;

/// <summary>How a pool's intervals are formed and closed, and by what policy it starts; all times in seconds.</summary>
/// <param name="Interval">Length of an interval that no policy lengthens: 300, 900, 1 800, 3 600 or 86 400.</param>
/// <param name="Grace">How long an incomplete interval waits after its end or its first reading, whichever is later: 0…<see cref="MaxSeconds"/>.</param>
/// <param name="MaxGrace">How long it waits at most, also for blocks of other proposers: <paramref name="Grace"/>…<see cref="MaxSeconds"/>.</param>
/// <param name="Window">How long after its last allocation corrections still change it: 0…<see cref="MaxSeconds"/>.</param>
/// <param name="Policy">The policy in force from the start, for each carrier.</param>
public sealed record PoolTerms(int Interval, long Grace, long MaxGrace, long Window, AllocationPolicy Policy)
{
    /// <summary>Longest grace or window: 400 days, as long as readings can be corrected at all.</summary>
    public const long MaxSeconds = 400L * 24 * 3600;

    /// <summary>Quarter-hours at the grid connection, shared pro rata; a day of grace, a week at most, corrections for sixty days.</summary>
    public static PoolTerms Default { get; } = new(
        Interval: 900,
        Grace: 24 * 3600,
        MaxGrace: 7 * 24 * 3600,
        Window: 60L * 24 * 3600,
        new AllocationPolicy(AllocationBasis.Grid, new AllocationRule.ProRata(), new ProducerKey.ProRata(), SelfSharing.Pooled, SettlementInterval: 0));

    /// <summary>Why this cannot be a pool's terms; null if it can.</summary>
    public string? Refusal()
    {
        if (!IsLength(Interval))
        {
            return $"interval: 300, 900, 1800, 3600 or 86400 seconds are allowed, not {Interval}";
        }

        if (Grace is < 0 or > MaxSeconds || MaxGrace < Grace || MaxGrace > MaxSeconds)
        {
            return $"grace: 0…{MaxSeconds} seconds are allowed, and at most max grace, not {Grace} and {MaxGrace}";
        }

        if (Window is < 0 or > MaxSeconds)
        {
            return $"window: 0…{MaxSeconds} seconds are allowed, not {Window}";
        }

        return RefusalOf(Policy);
    }

    /// <summary>
    /// Why a policy cannot be in force on a chain with these intervals; null if it can. Virtual storage cannot: its state would have to be carried from interval to interval in
    /// their order, whereas intervals close when they are complete. It is for trials of a rule.
    /// </summary>
    public string? RefusalOf(AllocationPolicy policy)
    {
        if (policy.SettlementInterval != 0 && (!IsLength(policy.SettlementInterval) || policy.SettlementInterval < Interval))
        {
            return $"settlement interval: 0, or one of 300, 900, 1800, 3600, 86400 seconds from {Interval} on is allowed, not {policy.SettlementInterval}";
        }

        return policy.Rule is AllocationRule.VirtualStorage ? "rule: virtual storage is for trials, not for a chain" : policy.Refusal();
    }

    /// <summary>Length of the intervals under a policy, in seconds.</summary>
    public int LengthUnder(AllocationPolicy policy) => policy.SettlementInterval == 0 ? Interval : policy.SettlementInterval;

    private static bool IsLength(int seconds) => seconds is 300 or 900 or 1_800 or 3_600 or 86_400;
}
