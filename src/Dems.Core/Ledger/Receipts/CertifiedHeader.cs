using Dems.Core.Consensus;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Receipts;

/// <summary>A header with the precommits that make it final.</summary>
/// <param name="Header">The header.</param>
/// <param name="Certificate">Its commit certificate.</param>
public sealed record CertifiedHeader(BlockHeader Header, CommitCertificate Certificate)
{
    /// <summary>Hash of the header.</summary>
    public BlockHash Hash => HeaderCodec.Hash(Header);
}
