using Dems.Core.Ledger;

namespace Dems.Replication.Machine;

/// <summary>Validity of a block as a function of prior state and block, and the building of one. The clock plays no part: it is asked once, when a fresh proposal arrives.</summary>
internal static class BlockRules
{
    /// <summary>Why a block whose bodies are all held is invalid; null if it is valid.</summary>
    public static string? Refusal(Block block, ChainTip tip, ChainId chain)
    {
        if (block.Leaves.Count == 0 && !MayBeEmpty(tip, block.Header.Round, block.Header.Time))
        {
            return "is empty though nothing is due";
        }

        return HeaderRules.Refusal(block.Header, ContextOf(tip, chain), block.Leaves);
    }

    /// <summary>
    /// Whether an empty block is due: to certify results or a changed state, or because something is scheduled for its time. From round 1 on it may always be empty, so that a height that was opened for
    /// nothing ends rather than runs through rounds of ever longer timeouts.
    /// </summary>
    public static bool MayBeEmpty(ChainTip tip, int round, BlockTime time) => IsDue(tip, time) || round > 0;

    /// <summary>Whether there is something to decide at a time although no entry waits.</summary>
    public static bool IsDue(ChainTip tip, BlockTime time) => tip.Roots.Changed || tip.Roots.NextDue <= time;

    /// <summary>A fresh block on top of the tip.</summary>
    public static Block Build(ChainTip tip, ChainId chain, int round, BlockTime now, IReadOnlyList<LeafHash> leaves)
    {
        var time = now > tip.Time ? now : tip.Time.Plus(1);
        return new Block(HeaderRules.Build(ContextOf(tip, chain), round, time, leaves), leaves);
    }

    private static ParentContext ContextOf(ChainTip tip, ChainId chain) => new(
        chain,
        tip.Roots.ProtocolVersion,
        tip.Height,
        tip.HeadHash,
        tip.Time,
        tip.Frontier,
        tip.Roots.ResultsRoot,
        tip.Roots.StateRoot,
        tip.Roots.Validators,
        tip.Roots.NextValidators);
}
