namespace Dems.Core.Governance;

/// <summary>How a pool votes. Genesis gives the first rules, a ballot can change them; a ballot keeps those of the block that proposed it.</summary>
public sealed record GovernanceRules
{
    /// <summary>A whole, in the unit of shares.</summary>
    public const int Million = 1_000_000;

    /// <summary>Longest notice period: 366 days, in seconds.</summary>
    public const int MaxNoticeSeconds = 366 * 86_400;

    /// <summary>Most ballots of parties that may be under way at once.</summary>
    public const int MaxOpen = 256;

    /// <summary>Most ballots of one proposer that may be under way at once. Members have this many beyond what parties may use up.</summary>
    public const int MaxPerProposer = 4;

    /// <summary>Most capacity that one node counts with: 2³² Wh.</summary>
    public const long MaxCapacityWh = 1L << 32;

    /// <summary>Who votes on what is not up to the members, and with which weight.</summary>
    public WeightMode Weights { get; init; } = WeightMode.PerParty;

    /// <summary>Least weight that must take part, in 10⁻⁶ of the electorate's, 0…10⁶.</summary>
    public int QuorumPpm { get; init; } = 500_000;

    /// <summary>Least weight that must agree, in 10⁻⁶ of that of yes and no, 0…10⁶; more yes than no is needed in any case.</summary>
    public int ThresholdPpm { get; init; } = 500_000;

    /// <summary>Shortest notice between proposal and opening, in seconds, 0…<see cref="MaxNoticeSeconds"/>.</summary>
    public int MinNoticeSeconds { get; init; } = 86_400;

    /// <summary>Most ballots of parties that may be under way at once, 1…<see cref="MaxOpen"/>.</summary>
    public int MaxOpenBallots { get; init; } = 32;

    /// <summary>Why a value is out of its bounds; null if none is.</summary>
    public string? Refusal()
    {
        if (!Enum.IsDefined(Weights))
        {
            return $"weights {(int)Weights} are not known";
        }

        if (QuorumPpm is < 0 or > Million || ThresholdPpm is < 0 or > Million)
        {
            return $"quorum and threshold: 0…{Million} are allowed, not {QuorumPpm} and {ThresholdPpm}";
        }

        if (MinNoticeSeconds is < 0 or > MaxNoticeSeconds)
        {
            return $"minimum notice: 0…{MaxNoticeSeconds} seconds are allowed, not {MinNoticeSeconds}";
        }

        return MaxOpenBallots is < 1 or > MaxOpen ? $"open ballots: 1…{MaxOpen} are allowed, not {MaxOpenBallots}" : null;
    }
}
