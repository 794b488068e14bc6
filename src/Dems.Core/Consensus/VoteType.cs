namespace Dems.Core.Consensus;

/// <summary>The two votes of a round. The numbers are part of the signed bytes.</summary>
public enum VoteType
{
    /// <summary>First vote: the proposal is acceptable here.</summary>
    Prevote = 1,

    /// <summary>Second vote: q prevotes were seen; q of these decide.</summary>
    Precommit = 2,
}
