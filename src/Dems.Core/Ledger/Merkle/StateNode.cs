namespace Dems.Core.Ledger.Merkle;

/// <summary>A node of <see cref="StateMap"/>'s trie, hashed when made; an empty subtree is null.</summary>
internal abstract class StateNode
{
    private protected StateNode(Hash32 hash) => Hash = hash;

    /// <summary>Root of the subtree.</summary>
    public Hash32 Hash { get; }

    /// <summary>Root of a subtree that may be empty.</summary>
    public static Hash32 HashOf(StateNode? node) => node?.Hash ?? Hash32.Zero;

    /// <summary>SHA-256(0x00 ‖ key ‖ value hash).</summary>
    public static Hash32 HashLeaf(Hash32 key, Hash32 valueHash)
    {
        Span<byte> data = stackalloc byte[2 * Hash32.Size];
        key.CopyTo(data);
        valueHash.CopyTo(data[Hash32.Size..]);
        return MerkleHash.Leaf(data);
    }

    /// <summary>The only key in its subtree.</summary>
    internal sealed class Leaf(Hash32 key, byte[] value) : StateNode(HashLeaf(key, Hash32.Of(value)))
    {
        public Hash32 Key { get; } = key;

        public byte[] Value { get; } = value;
    }

    /// <summary>Two or more keys; a side without keys is null.</summary>
    internal sealed class Inner(StateNode? left, StateNode? right) : StateNode(MerkleHash.Node(HashOf(left), HashOf(right)))
    {
        public StateNode? Left { get; } = left;

        public StateNode? Right { get; } = right;
    }
}
