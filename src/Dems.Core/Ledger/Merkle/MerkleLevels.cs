using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The root of an RFC 9162 §2.1.1 tree whose leaf hashes are all at hand, level by level from below and eight nodes at a time: pairs are hashed, an odd last node moves up as it
/// is. That gives the tree of the definition, which splits at the largest power of two below the size.
/// </summary>
internal static class MerkleLevels
{
    private const byte NodePrefix = 0x01;
    private const int NodeSize = 1 + 2 * Hash32.Size;
    private const int NodeBlocks = 2;
    private const int MessageSize = NodeBlocks * Sha256Lanes.BlockSize;

    /// <summary>The root; overwrites the leaf hashes.</summary>
    /// <param name="nodes">Leaf hashes of 32 bytes, one after the other.</param>
    /// <param name="count">How many there are; at least 1.</param>
    public static Hash32 Root(Span<byte> nodes, int count)
    {
        Span<byte> messages = stackalloc byte[Sha256Lanes.Lanes * MessageSize];
        for (var lane = 0; lane < Sha256Lanes.Lanes; lane++)
        {
            var message = messages.Slice(lane * MessageSize, MessageSize);
            Sha256Lanes.Pad(message, NodeSize);
            message[0] = NodePrefix;
        }

        for (var size = count; size > 1; size = (size + 1) / 2)
        {
            HashLevel(nodes, size, messages);
        }

        return new Hash32(nodes[..Hash32.Size]);
    }

    private static void HashLevel(Span<byte> nodes, int size, Span<byte> messages)
    {
        Span<byte> digests = stackalloc byte[Sha256Lanes.Lanes * Hash32.Size];
        var pairs = size / 2;
        for (var first = 0; first < pairs; first += Sha256Lanes.Lanes)
        {
            var lanes = Math.Min(Sha256Lanes.Lanes, pairs - first);
            for (var lane = 0; lane < lanes; lane++)
            {
                nodes.Slice((first + lane) * 2 * Hash32.Size, 2 * Hash32.Size).CopyTo(messages[(lane * MessageSize + 1)..]);
            }

            Sha256Lanes.Hash(messages, NodeBlocks, digests);
            digests[..(lanes * Hash32.Size)].CopyTo(nodes[(first * Hash32.Size)..]);
        }

        if (size % 2 != 0)
        {
            nodes.Slice((size - 1) * Hash32.Size, Hash32.Size).CopyTo(nodes[(pairs * Hash32.Size)..]);
        }
    }
}
