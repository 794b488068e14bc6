namespace Dems.Core.Consensus;

/// <summary>What was signed twice. The first two numbers are those of <see cref="VoteType"/>.</summary>
public enum EvidenceKind
{
    /// <summary>Two prevotes.</summary>
    Prevote = 1,

    /// <summary>Two precommits.</summary>
    Precommit = 2,

    /// <summary>Two proposals.</summary>
    Proposal = 3,
}
