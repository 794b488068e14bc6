using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>One of two conflicting statements: what differs between them, and the signature.</summary>
/// <param name="Block">The block voted for or proposed; all zero is a vote for nil.</param>
/// <param name="ValidRound">The proposal's valid round; −1 for votes.</param>
/// <param name="Signature">64 bytes over the vote or proposal.</param>
public readonly record struct EvidenceStatement(BlockHash Block, int ValidRound, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Order by what was signed: block, then valid round. Equal statements do not conflict, whatever their signatures.</summary>
    public int CompareSigned(EvidenceStatement other)
    {
        var order = Block.CompareTo(other.Block);
        return order != 0 ? order : ValidRound.CompareTo(other.ValidRound);
    }
}
