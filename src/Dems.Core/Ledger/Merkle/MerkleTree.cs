using System.Numerics;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// Roots and proofs of RFC 9162 §2.1 trees. A tree is given by its size and an <see cref="ISubtreeSource"/>, so that a proof reads only the O(log n)
/// subtree roots that it consists of; a small tree may be given by its leaf hashes.
/// </summary>
public static class MerkleTree
{
    /// <summary>MTH of the leaves (RFC 9162 §2.1.1); <see cref="MerkleHash.Empty"/> if there are none.</summary>
    public static Hash32 Root(ReadOnlySpan<Hash32> leafHashes) => MerkleFrontier.Empty.AppendAll(leafHashes).Root;

    /// <summary>MTH of the first <paramref name="size"/> leaves of a stored tree.</summary>
    public static Hash32 Root(ISubtreeSource source, long size) => MerkleFrontier.Load(size, source).Root;

    /// <summary>PATH(index, D[size]) (RFC 9162 §2.1.3.1): the proof that a leaf stands at <paramref name="index"/> in the tree of that size.</summary>
    /// <param name="source">Holds at least the first <paramref name="size"/> leaves.</param>
    /// <param name="index">Position of the leaf: 0…size − 1.</param>
    /// <param name="size">1…<see cref="MerkleFrontier.MaxSize"/>.</param>
    public static InclusionProof ProveInclusion(ISubtreeSource source, long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MerkleFrontier.MaxSize);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<Hash32>();
        AddPath(source, index, start: 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /// <summary>The inclusion proof of one of the given leaves, hashing all of them.</summary>
    public static InclusionProof ProveInclusion(IReadOnlyList<Hash32> leafHashes, long index) =>
        ProveInclusion(new LeafList(leafHashes), index, leafHashes.Count);

    /// <summary>PROOF(oldSize, D[newSize]) (RFC 9162 §2.1.4.1): the proof that the larger tree only appended to the smaller one.</summary>
    /// <param name="source">Holds at least the first <paramref name="newSize"/> leaves.</param>
    /// <param name="oldSize">1…newSize: the empty tree is consistent with every tree and needs no proof.</param>
    /// <param name="newSize">At most <see cref="MerkleFrontier.MaxSize"/>.</param>
    public static ConsistencyProof ProveConsistency(ISubtreeSource source, long oldSize, long newSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, MerkleFrontier.MaxSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(oldSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var path = new List<Hash32>();
        AddSubProof(source, oldSize, start: 0, newSize, known: true, path);
        return new ConsistencyProof(oldSize, newSize, path);
    }

    private static void AddPath(ISubtreeSource source, long index, long start, long size, List<Hash32> path)
    {
        if (size == 1)
        {
            return;
        }

        var k = Split(size);
        if (index < k)
        {
            AddPath(source, index, start, k, path);
            path.Add(RangeRoot(source, start + k, size - k));
        }
        else
        {
            AddPath(source, index - k, start + k, size - k, path);
            path.Add(RangeRoot(source, start, k));
        }
    }

    // SUBPROOF(m, D[start : start + size], known): known while the verifier already has the root of this very range.
    private static void AddSubProof(ISubtreeSource source, long m, long start, long size, bool known, List<Hash32> path)
    {
        if (m == size)
        {
            if (!known)
            {
                path.Add(RangeRoot(source, start, size));
            }

            return;
        }

        var k = Split(size);
        if (m <= k)
        {
            AddSubProof(source, m, start, k, known, path);
            path.Add(RangeRoot(source, start + k, size - k));
        }
        else
        {
            AddSubProof(source, m - k, start + k, size - k, known: false, path);
            path.Add(RangeRoot(source, start, k));
        }
    }

    // The recursion only meets ranges that start at a multiple of the smallest power of two not below their size.
    private static Hash32 RangeRoot(ISubtreeSource source, long start, long size)
    {
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((ulong)size);
            return source.GetSubtreeRoot(level, start >> level);
        }

        var k = Split(size);
        return MerkleHash.Node(RangeRoot(source, start, k), RangeRoot(source, start + k, size - k));
    }

    // The largest power of two below the size (2 or more).
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private sealed class LeafList(IReadOnlyList<Hash32> leafHashes) : ISubtreeSource
    {
        public Hash32 GetSubtreeRoot(int level, long index)
        {
            if (level == 0)
            {
                return leafHashes[checked((int)index)];
            }

            return MerkleHash.Node(GetSubtreeRoot(level - 1, 2 * index), GetSubtreeRoot(level - 1, (2 * index) + 1));
        }
    }
}
