namespace Dems.Core.Consensus;

/// <summary>Which votes are held.</summary>
internal static class VoteRules
{
    /// <summary>Whether the vote belongs to this height and its voter exists; others are dropped as if they had not come.</summary>
    public static bool IsWellFormed(HeightState p, Vote m) =>
        m.Chain == p.Chain
        && m.Height == p.Height
        && m.Round is >= 0 and <= HeightState.MaxRound
        && m.Type is (VoteType.Prevote or VoteType.Precommit)
        && m.Validator >= 0
        && m.Validator < p.Validators.Count;
}
