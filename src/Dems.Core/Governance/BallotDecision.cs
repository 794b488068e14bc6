namespace Dems.Core.Governance;

/// <summary>What a tally says. Numbers are part of the results tree.</summary>
public enum BallotDecision
{
    /// <summary>Enough took part, and enough of them agreed.</summary>
    Accepted = 1,

    /// <summary>Too little weight took part.</summary>
    RejectedQuorum = 2,

    /// <summary>Enough took part, too few of them agreed.</summary>
    RejectedThreshold = 3,
}
