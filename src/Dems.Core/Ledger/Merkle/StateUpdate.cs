namespace Dems.Core.Ledger.Merkle;

/// <summary>One pass of sorted changes over a trie of <see cref="StateMap"/>: untouched subtrees are reused, each touched node is made and hashed once.</summary>
internal static class StateUpdate
{
    /// <summary>The subtree after the changes.</summary>
    /// <param name="node">The subtree before; null if empty.</param>
    /// <param name="changes">Ascending, distinct keys that agree with the subtree's in their first <paramref name="depth"/> bits.</param>
    /// <param name="depth">Depth of the subtree: 0…256.</param>
    /// <param name="count">Number of keys of the whole map, adjusted.</param>
    public static StateNode? Apply(StateNode? node, ReadOnlySpan<StateChange> changes, int depth, ref int count)
    {
        if (changes.IsEmpty)
        {
            return node;
        }

        if (changes.Length == 1)
        {
            if (node is null)
            {
                return Insert(changes[0], ref count);
            }

            if (node is StateNode.Leaf same && same.Key == changes[0].Key)
            {
                return Replace(same, changes[0], ref count);
            }
        }

        // A leaf that meets another key moves down until their bits differ; the empty sides on the way stay null.
        var (left, right) = node switch
        {
            StateNode.Inner inner => (inner.Left, inner.Right),
            StateNode.Leaf leaf when leaf.Key.Bit(depth) => (null, leaf),
            _ => (node, null),
        };
        var middle = FirstWithBit(changes, depth);
        var newLeft = Apply(left, changes[..middle], depth + 1, ref count);
        var newRight = Apply(right, changes[middle..], depth + 1, ref count);
        return ReferenceEquals(newLeft, left) && ReferenceEquals(newRight, right) ? node : Join(newLeft, newRight);
    }

    private static StateNode.Leaf? Insert(StateChange change, ref int count)
    {
        if (change.IsRemoval)
        {
            return null;
        }

        count++;
        return new StateNode.Leaf(change.Key, change.Value.ToArray());
    }

    private static StateNode.Leaf? Replace(StateNode.Leaf leaf, StateChange change, ref int count)
    {
        if (change.IsRemoval)
        {
            count--;
            return null;
        }

        return change.Value.Span.SequenceEqual(leaf.Value) ? leaf : new StateNode.Leaf(leaf.Key, change.Value.ToArray());
    }

    private static StateNode? Join(StateNode? left, StateNode? right) => (left, right) switch
    {
        (null, null) => null,
        (StateNode.Leaf, null) => left,
        (null, StateNode.Leaf) => right,
        _ => new StateNode.Inner(left, right),
    };

    private static int FirstWithBit(ReadOnlySpan<StateChange> changes, int bit)
    {
        var (low, high) = (0, changes.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (changes[middle].Key.Bit(bit))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
