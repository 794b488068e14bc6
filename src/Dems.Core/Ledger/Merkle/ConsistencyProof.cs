using System.Formats.Cbor;
using System.Numerics;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>Shows that a tree only appended to a smaller one (RFC 9162 §2.1.4).</summary>
/// <param name="OldSize">Leaves of the smaller tree, 1…NewSize.</param>
/// <param name="NewSize">Leaves of the larger tree, at most <see cref="MerkleFrontier.MaxSize"/>.</param>
/// <param name="Path">Subtree roots, at most 63; none if the sizes are equal.</param>
public sealed record ConsistencyProof(long OldSize, long NewSize, IReadOnlyList<Hash32> Path)
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = ProofPath.MaxBytes;

    /// <summary>
    /// Verifies as RFC 9162 §2.1.4.2 says, against two roots that the caller trusts together with their sizes. Trees of equal size, which the RFC leaves
    /// out, are consistent if their roots are equal and the path is empty.
    /// </summary>
    public bool Verify(long oldSize, Hash32 oldRoot, long newSize, Hash32 newRoot)
    {
        if (OldSize != oldSize || NewSize != newSize || OldSize < 1 || OldSize > NewSize)
        {
            return false;
        }

        if (OldSize == NewSize)
        {
            return Path.Count == 0 && oldRoot == newRoot;
        }

        return Path.Count != 0 && VerifyPath(oldRoot, newRoot);
    }

    /// <summary>Canonical bytes: the CBOR array [old size, new size, [path]], as receipts carry it (RFC 9942, RFC9162_SHA256 consistency proofs).</summary>
    public byte[] Encode() => ProofPath.Encode(OldSize, NewSize, Path);

    /// <summary>Decodes strictly; false with a reason otherwise. Whether the path is right is left to <see cref="Verify"/>.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out ConsistencyProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "consistency proof", Read, out proof, out error);

    /// <inheritdoc/>
    public bool Equals(ConsistencyProof? other) =>
        other is not null && OldSize == other.OldSize && NewSize == other.NewSize && Path.SequenceEqual(other.Path);

    /// <inheritdoc/>
    public override int GetHashCode() => (OldSize ^ NewSize).GetHashCode();

    private bool VerifyPath(Hash32 oldRoot, Hash32 newRoot)
    {
        // A smaller tree that is one full subtree is itself the first node; the proof leaves it out.
        var prepended = BitOperations.IsPow2(OldSize);
        var (fn, sn) = (OldSize - 1, NewSize - 1);
        while ((fn & 1) != 0)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var fr = prepended ? oldRoot : Path[0];
        var sr = fr;
        foreach (var c in Path.Skip(prepended ? 0 : 1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) != 0 || fn == sn)
            {
                (fr, sr) = (MerkleHash.Node(c, fr), MerkleHash.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return fr == oldRoot && sr == newRoot && sn == 0;
    }

    private static ConsistencyProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var oldSize = Canonical.ReadInteger(reader, 1, MerkleFrontier.MaxSize, "old size");
        var newSize = Canonical.ReadInteger(reader, oldSize, MerkleFrontier.MaxSize, "new size");
        var path = ProofPath.Read(reader);
        reader.ReadEndArray();
        return new ConsistencyProof(oldSize, newSize, path);
    }
}
