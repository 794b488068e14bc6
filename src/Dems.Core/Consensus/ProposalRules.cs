using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>Which proposals are held, and which of them get nil whatever their block's check says.</summary>
internal static class ProposalRules
{
    /// <summary>Whether the message can be one of a correct proposer's at all; others are dropped as if they had not come.</summary>
    public static bool IsWellFormed(HeightState p, Proposal m) =>
        m.Chain == p.Chain
        && m.Height == p.Height
        && m.Round is >= 0 and <= HeightState.MaxRound
        && m.ValidRound >= -1
        && m.ValidRound < m.Round
        && m.Proposer == p.Validators.ProposerOf(m.Height, m.Round)
        && !m.BlockHash.Value.IsZero
        && m.Block.Header.Chain == p.Chain
        && m.Block.Header.Height == p.Height
        && m.Block.Leaves.Count <= Block.MaxEntries;

    /// <summary>
    /// What a prevoter decides at receipt. A fresh proposal carries a header of its own round and proposer, with a time near the receiver's clock. A
    /// re-proposal keeps the bytes that were judged when they were fresh, in its valid round or before; no clock is asked again, since
    /// the answer would change while a lock forbids anything else.
    /// </summary>
    public static bool IsAcceptable(HeightState p, Proposal m, BlockTime now) => m.ValidRound < 0
        ? IsOwnHeader(m.Block.Header, m.Round, m.Proposer) && IsNear(m.Block.Header.Time, now, p.Timeouts.ClockBoundOf(m.Round))
        : m.Block.Header.Round <= m.ValidRound;

    /// <summary>Whether a header was made for this round by this proposer.</summary>
    public static bool IsOwnHeader(BlockHeader header, int round, int proposer) => header.Round == round && header.Proposer == proposer;

    private static bool IsNear(BlockTime time, BlockTime now, long bound) => Math.Abs(time.UnixMilliseconds - now.UnixMilliseconds) <= bound;
}
