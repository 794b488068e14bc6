using Dems.Core.Energy;

namespace Dems.Core.Governance;

/// <summary>
/// When a ballot opens, closes and takes effect. It opens a notice period after the block that holds it, takes votes in blocks before the deadline, and takes effect no
/// earlier than that: whoever votes knows it, nothing is decided for the past.
/// </summary>
public static class BallotTimes
{
    /// <summary>Rules and tariffs change at multiples of five minutes, counted from 1970-01-01T00:00:00Z: the boundaries of the shortest interval.</summary>
    public const int BoundarySeconds = 300;

    /// <summary>Longest time from the opening to the deadline, and from there to the effect: 366 days, in seconds.</summary>
    public const long MaxSpanSeconds = 366 * 86_400L;

    /// <summary>Why deadline and effect do not fit each other; null if they do. Independent of the state.</summary>
    /// <param name="kind">What the ballot decides about.</param>
    /// <param name="deadline">First second at which votes no longer count, since 1970-01-01T00:00:00Z.</param>
    /// <param name="effectiveFrom">First second of the effect.</param>
    public static string? Refusal(BallotKind kind, long deadline, long effectiveFrom)
    {
        if (effectiveFrom < deadline || effectiveFrom > Math.Min(deadline + MaxSpanSeconds, Reading.MaxStart))
        {
            return $"the effect must lie between the deadline and {MaxSpanSeconds} seconds after it";
        }

        var atBoundary = kind is not (BallotKind.Rule or BallotKind.Tariff) || effectiveFrom % BoundarySeconds == 0;
        return atBoundary ? null : $"rules and tariffs take effect at a multiple of {BoundarySeconds} seconds";
    }

    /// <summary>Whether a ballot with this notice and deadline may be proposed in a block.</summary>
    public static bool Allows(GovernanceRules rules, Ledger.BlockTime now, int notice, long deadline)
    {
        var opensAt = OpeningOf(now, notice).UnixMilliseconds;
        return notice >= rules.MinNoticeSeconds && deadline * 1_000 > opensAt && deadline * 1_000 - opensAt <= MaxSpanSeconds * 1_000;
    }

    /// <summary>When a ballot proposed in a block opens.</summary>
    public static Ledger.BlockTime OpeningOf(Ledger.BlockTime proposed, int notice) => proposed.Plus(notice * 1_000L);
}
