using Dems.Core;
using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>An opened and verified entry on its way to the disk: its bytes with what indexes it.</summary>
/// <param name="Leaf">Names the bytes.</param>
/// <param name="Content">Names what was signed.</param>
/// <param name="Signer">Fingerprint of the signing key.</param>
/// <param name="Sequence">The signer's nonce.</param>
/// <param name="Bytes">The encoded entry, at most 65,535 bytes.</param>
/// <param name="ReceivedAt">When this member first held it, by its own clock; only orders the mempool.</param>
public sealed record PooledEntry(
    LeafHash Leaf, ContentId Content, Hash32 Signer, long Sequence, ReadOnlyMemory<byte> Bytes, BlockTime ReceivedAt);
