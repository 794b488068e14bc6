using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Replication.Machine;

/// <summary>The newest block of a replica, executed: everything that the next header is checked against.</summary>
/// <param name="Head">The newest block; null at genesis.</param>
/// <param name="HeadHash">Its hash; at height 0 the hash of genesis.</param>
/// <param name="Time">Its time; at height 0 that of genesis.</param>
/// <param name="Frontier">Right edge of the chain's tree.</param>
/// <param name="Roots">What executing it gave.</param>
public sealed record ChainTip(DecidedBlock? Head, BlockHash HeadHash, BlockTime Time, MerkleFrontier Frontier, ExecutedRoots Roots)
{
    /// <summary>Height of the newest block.</summary>
    public Height Height => Head?.Height ?? Height.Genesis;

    /// <summary>The tip after one more block.</summary>
    public ChainTip After(DecidedBlock block, ExecutedRoots roots) =>
        new(block, block.Hash, block.Block.Header.Time, Frontier.AppendAll(block.Block.Leaves.Select(l => l.Value)), roots);
}
