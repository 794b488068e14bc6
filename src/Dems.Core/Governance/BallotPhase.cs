namespace Dems.Core.Governance;

/// <summary>Where a ballot stands. Numbers are part of the state.</summary>
public enum BallotPhase
{
    /// <summary>Proposed; the notice period runs.</summary>
    Notice = 1,

    /// <summary>The electorate is frozen, votes are counted.</summary>
    Open = 2,

    /// <summary>Tallied and accepted; waits for the time from which it takes effect.</summary>
    Accepted = 3,

    /// <summary>Tallied and rejected.</summary>
    Rejected = 4,

    /// <summary>In effect.</summary>
    Effective = 5,

    /// <summary>Accepted, but the state no longer allowed the effect when its time came.</summary>
    Failed = 6,
}
