namespace Dems.Core.Governance;

/// <summary>How an elector votes. Numbers are part of the signed bytes.</summary>
public enum BallotChoice
{
    /// <summary>For it.</summary>
    Yes = 1,

    /// <summary>Against it.</summary>
    No = 2,

    /// <summary>Neither: counts for the quorum, not for the threshold.</summary>
    Abstain = 3,
}
