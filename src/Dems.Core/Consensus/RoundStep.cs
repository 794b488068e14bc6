namespace Dems.Core.Consensus;

/// <summary>Where a validator stands in its round (paper, Algorithm 1, line 4). The numbers are stored in safety rows.</summary>
public enum RoundStep
{
    /// <summary>Waiting for an acceptable proposal; no prevote of this round was signed.</summary>
    Propose = 1,

    /// <summary>The prevote of this round is signed, the precommit is not.</summary>
    Prevote = 2,

    /// <summary>Both votes of this round are signed.</summary>
    Precommit = 3,
}
