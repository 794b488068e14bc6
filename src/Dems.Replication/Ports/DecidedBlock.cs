using Dems.Core.Consensus;
using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>A final block with its proof.</summary>
/// <param name="Block">Header and leaf hashes.</param>
/// <param name="Hash">Hash of the header.</param>
/// <param name="Certificate">q precommits.</param>
public sealed record DecidedBlock(Block Block, BlockHash Hash, CommitCertificate Certificate)
{
    /// <summary>Height of the block.</summary>
    public Height Height => Block.Header.Height;

    /// <summary>Index of the block's first entry in the chain's tree.</summary>
    public long FirstIndex => Block.Header.TreeSize - Block.Leaves.Count;
}
