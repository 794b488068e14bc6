using Dems.Core;
using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>What the replica keeps in memory of an entry that is durable, opened and not yet ordered.</summary>
/// <param name="Leaf">Names the bytes.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Signer">Fingerprint of the signing key, for quotas.</param>
/// <param name="Sequence">The signer's nonce.</param>
/// <param name="Size">Length of the body in bytes.</param>
/// <param name="ReceivedAt">When this member first held it.</param>
public readonly record struct PendingEntry(LeafHash Leaf, ContentId Content, Hash32 Signer, long Sequence, int Size, BlockTime ReceivedAt)
{
    /// <summary>The index part of a pooled entry.</summary>
    public static PendingEntry Of(PooledEntry entry) =>
        new(entry.Leaf, entry.Content, entry.Signer, entry.Sequence, entry.Bytes.Length, entry.ReceivedAt);
}
