namespace Dems.Core.Ledger.Merkle;

/// <summary>Knows the roots of the full subtrees of a tree: all that inclusion and consistency proofs are made of.</summary>
public interface ISubtreeSource
{
    /// <summary>Root of the full subtree over the leaves [index · 2^level, (index + 1) · 2^level).</summary>
    /// <param name="level">0 (a leaf hash) … 62.</param>
    /// <param name="index">Position among the subtrees of that level, from 0; the subtree must lie within the tree.</param>
    Hash32 GetSubtreeRoot(int level, long index);
}
