using System.Buffers;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The two hash functions of an RFC 9162 §2.1.1 tree. Leaves start with 0x00 and inner nodes with 0x01, so that no leaf can be presented as an inner
/// node or the other way round (second-preimage resistance). Nothing here allocates.
/// </summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    // Above this many bytes the prefixed copy is made in a pooled buffer instead of on the stack.
    private const int StackBytes = 1024;

    /// <summary>Root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static Hash32 Empty { get; } = Hash32.Of([]);

    /// <summary>SHA-256(0x00 ‖ data): the hash of one leaf. For an entry this is its <see cref="LeafHash"/>.</summary>
    public static Hash32 Leaf(ReadOnlySpan<byte> data)
    {
        var length = data.Length + 1;
        var pooled = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var buffer = pooled is null ? stackalloc byte[StackBytes] : pooled;
        buffer[0] = LeafPrefix;
        data.CopyTo(buffer[1..]);
        var hash = Hash32.Of(buffer[..length]);
        if (pooled is not null)
        {
            ArrayPool<byte>.Shared.Return(pooled);
        }

        return hash;
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right): the hash of an inner node.</summary>
    public static Hash32 Node(Hash32 left, Hash32 right)
    {
        Span<byte> buffer = stackalloc byte[1 + (2 * Hash32.Size)];
        buffer[0] = NodePrefix;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash32.Size)..]);
        return Hash32.Of(buffer);
    }
}
