namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// A persistent map from 32-byte keys to byte strings with a Merkle root over its content.
/// <para>
/// Definition. Let S be a set of (key, value) pairs whose keys agree in their first d bits (bit 0 is the most significant bit of the first byte). Then
/// T(S, d) is: 32 zero bytes if S is empty; SHA-256(0x00 ‖ key ‖ SHA-256(value)) if S holds one pair, at whatever depth; otherwise
/// SHA-256(0x01 ‖ T(S₀, d + 1) ‖ T(S₁, d + 1)), where S₀ and S₁ hold the pairs whose bit d is 0 and 1. The root is T(all pairs, 0).
/// </para>
/// <para>
/// History-independent: T is a function of the set alone; order of insertion, deletions and batching do not occur in it. A removal that leaves one pair in
/// a subtree therefore lifts that pair.
/// </para>
/// <para>
/// Collision-safe: suppose two different maps have one root. Compare them from the root down. The preimages of a leaf and of an inner node have both 65
/// bytes and differ in the first; zero bytes are the hash of nothing known. So either a SHA-256 collision (or a preimage of zero) appears, or both nodes
/// are of one kind, with equal children or with equal key and value hash. By induction the maps agree. A leaf names its whole key, so its depth need not
/// be hashed: it can only stand on the path that its key's bits describe, and verification checks that.
/// </para>
/// <para>Depth grows with the logarithm of the count as keys are hashes; a chain of d single-sided nodes costs its maker 2^(d/2) hashes.</para>
/// </summary>
public sealed class StateMap
{
    private readonly StateNode? _root;

    private StateMap(StateNode? root, int count)
    {
        _root = root;
        Count = count;
    }

    /// <summary>The map without keys; its root is 32 zero bytes.</summary>
    public static StateMap Empty { get; } = new(null, 0);

    /// <summary>The Merkle root of all pairs.</summary>
    public Hash32 Root => StateNode.HashOf(_root);

    /// <summary>Number of keys.</summary>
    public int Count { get; }

    /// <summary>The value of a key; false if the key is absent.</summary>
    public bool TryGet(Hash32 key, out ReadOnlyMemory<byte> value)
    {
        var node = _root;
        for (var depth = 0; node is StateNode.Inner inner; depth++)
        {
            node = key.Bit(depth) ? inner.Right : inner.Left;
        }

        if (node is StateNode.Leaf leaf && leaf.Key == key)
        {
            value = leaf.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>
    /// The map after the changes, which may come in any order. Values are copied. Nodes that no change touches are shared with this map; each
    /// touched one is hashed once. Setting an equal value or removing an absent key changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">A key occurs twice: which change wins must not depend on the order.</exception>
    public StateMap Apply(IEnumerable<StateChange> changes)
    {
        var sorted = changes.ToArray();
        Array.Sort(sorted, static (x, y) => x.Key.CompareTo(y.Key));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Key == sorted[i - 1].Key)
            {
                throw new ArgumentException($"Two changes of the key {sorted[i].Key}.", nameof(changes));
            }
        }

        var count = Count;
        var root = StateUpdate.Apply(_root, sorted, depth: 0, ref count);
        return ReferenceEquals(root, _root) ? this : new StateMap(root, count);
    }

    /// <summary>All pairs, ascending by key.</summary>
    public IEnumerable<KeyValuePair<Hash32, ReadOnlyMemory<byte>>> Enumerate()
    {
        var pending = new Stack<StateNode?>();
        pending.Push(_root);
        while (pending.TryPop(out var node))
        {
            if (node is StateNode.Inner inner)
            {
                pending.Push(inner.Right);
                pending.Push(inner.Left);
            }
            else if (node is StateNode.Leaf leaf)
            {
                yield return new(leaf.Key, leaf.Value);
            }
        }
    }

    /// <summary>A proof of what this map holds under the key: its value, or nothing. It has one hash per level that the key shares with another.</summary>
    public StateProof Prove(Hash32 key)
    {
        var siblings = new List<Hash32>();
        var node = _root;
        while (node is StateNode.Inner inner)
        {
            var right = key.Bit(siblings.Count);
            siblings.Add(StateNode.HashOf(right ? inner.Left : inner.Right));
            node = right ? inner.Right : inner.Left;
        }

        return node is StateNode.Leaf leaf && leaf.Key != key
            ? new StateProof(siblings, new StateProof.Neighbour(leaf.Key, Hash32.Of(leaf.Value)))
            : new StateProof(siblings, null);
    }
}
