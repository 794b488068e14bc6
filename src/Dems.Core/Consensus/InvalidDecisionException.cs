using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// A quorum certified a block that is invalid here: more than f validators are faulty, or this one is. Nothing may be signed on either side of such a split, so the
/// validator stops until its operator has found out which it is.
/// </summary>
public sealed class InvalidDecisionException : Exception
{
    /// <summary>Names the block.</summary>
    /// <param name="height">Its height.</param>
    /// <param name="block">Its hash.</param>
    public InvalidDecisionException(Height height, BlockHash block)
        : base($"Block {block} of height {height} is certified, but invalid here: this validator must stop.")
    {
        (Height, Block) = (height, block);
    }

    /// <summary>Height of the block.</summary>
    public Height Height { get; }

    /// <summary>Hash of the block.</summary>
    public BlockHash Block { get; }
}
