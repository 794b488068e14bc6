using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>Shows that a leaf stands at a place of a tree (RFC 9162 §2.1.3).</summary>
/// <param name="Index">Position of the leaf, 0…TreeSize − 1.</param>
/// <param name="TreeSize">Number of leaves, 1…<see cref="MerkleFrontier.MaxSize"/>.</param>
/// <param name="Path">Siblings from the leaf up to the root, at most 62.</param>
public sealed record InclusionProof(long Index, long TreeSize, IReadOnlyList<Hash32> Path)
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = ProofPath.MaxBytes;

    /// <summary>Verifies as RFC 9162 §2.1.3.2 says, against a root that the caller trusts together with its size.</summary>
    /// <remarks>
    /// The size must come from where the root comes from: the leftmost leaf, for one, has the same path in trees of 5, 6, 7 and 8 leaves.
    /// </remarks>
    public bool Verify(Hash32 leafHash, long treeSize, Hash32 root) =>
        TreeSize == treeSize && TryComputeRoot(leafHash, out var computed) && computed == root;

    /// <summary>The root of the tree that this proof describes, if its path has the right length for its index and size.</summary>
    public bool TryComputeRoot(Hash32 leafHash, out Hash32 root)
    {
        root = leafHash;
        if (Index < 0 || Index >= TreeSize)
        {
            return false;
        }

        var (fn, sn) = (Index, TreeSize - 1);
        foreach (var p in Path)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) != 0 || fn == sn)
            {
                root = MerkleHash.Node(p, root);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                root = MerkleHash.Node(root, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0;
    }

    /// <summary>Canonical bytes: the CBOR array [tree size, leaf index, [path]], as receipts carry it (RFC 9942, RFC9162_SHA256 inclusion proofs).</summary>
    public byte[] Encode() => ProofPath.Encode(TreeSize, Index, Path);

    /// <summary>Decodes strictly; false with a reason otherwise. Whether the path is right is left to <see cref="Verify"/>.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out InclusionProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "inclusion proof", Read, out proof, out error);

    /// <inheritdoc/>
    public bool Equals(InclusionProof? other) =>
        other is not null && Index == other.Index && TreeSize == other.TreeSize && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => (Index ^ TreeSize).GetHashCode();

    private static InclusionProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var size = Canonical.ReadInteger(reader, 1, MerkleFrontier.MaxSize, "tree size");
        var index = Canonical.ReadInteger(reader, 0, size - 1, "leaf index");
        var path = ProofPath.Read(reader);
        reader.ReadEndArray();
        return new InclusionProof(index, size, path);
    }
}
