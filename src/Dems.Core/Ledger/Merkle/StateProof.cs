using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// A proof of what a <see cref="StateMap"/> holds under one key. It names neither key nor value: the verifier states what it believes, and the proof
/// confirms it or not.
/// </summary>
/// <param name="Siblings">Hashes beside the path from the root down, at most <see cref="MaxDepth"/>; 32 zero bytes for an empty sibling.</param>
/// <param name="Other">For a key that is absent because another one ends its path; null if the key is present or its place is empty.</param>
public sealed record StateProof(IReadOnlyList<Hash32> Siblings, StateProof.Neighbour? Other)
{
    /// <summary>Most siblings: one per bit of a key.</summary>
    public const int MaxDepth = 8 * Hash32.Size;

    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = ((MaxDepth + 2) * (Hash32.Size + 2)) + 8;

    /// <summary>Whether the map with this root holds exactly this value under the key.</summary>
    public bool VerifyPresent(Hash32 root, Hash32 key, ReadOnlySpan<byte> value) =>
        Other is null && Fold(key, StateNode.HashLeaf(key, Hash32.Of(value))) == root;

    /// <summary>Whether the map with this root holds nothing under the key: its path ends at an empty place, or at another key that stands alone there.</summary>
    public bool VerifyAbsent(Hash32 root, Hash32 key)
    {
        if (Other is null)
        {
            return Fold(key, Hash32.Zero) == root;
        }

        return Other.Key != key && SharesBits(Other.Key, key, Siblings.Count) && Fold(key, StateNode.HashLeaf(Other.Key, Other.ValueHash)) == root;
    }

    /// <summary>Canonical bytes: the CBOR array [[siblings], other], other being null or [key, value hash].</summary>
    public byte[] Encode()
    {
        var writer = Canonical.NewWriter((Siblings.Count + 3) * (Hash32.Size + 2));
        writer.WriteStartArray(2);
        writer.WriteStartArray(Siblings.Count);
        foreach (var sibling in Siblings)
        {
            Canonical.WriteHash(writer, sibling);
        }

        writer.WriteEndArray();
        if (Other is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteStartArray(2);
            Canonical.WriteHash(writer, Other.Key);
            Canonical.WriteHash(writer, Other.ValueHash);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out StateProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "state proof", Read, out proof, out error);

    /// <inheritdoc/>
    public bool Equals(StateProof? other) => other is not null && Other == other.Other && Siblings.SequenceEqual(other.Siblings);

    /// <inheritdoc/>
    public override int GetHashCode() => Siblings.Count == 0 ? 0 : Siblings[^1].GetHashCode();

    // The root of a map in which the key's path, as long as there are siblings, ends in the given subtree; null if no path is so long.
    private Hash32? Fold(Hash32 key, Hash32 end)
    {
        if (Siblings.Count > MaxDepth)
        {
            return null;
        }

        var hash = end;
        for (var depth = Siblings.Count - 1; depth >= 0; depth--)
        {
            hash = key.Bit(depth) ? MerkleHash.Node(Siblings[depth], hash) : MerkleHash.Node(hash, Siblings[depth]);
        }

        return hash;
    }

    private static bool SharesBits(Hash32 x, Hash32 y, int count)
    {
        for (var i = 0; i < Math.Min(count, MaxDepth); i++)
        {
            if (x.Bit(i) != y.Bit(i))
            {
                return false;
            }
        }

        return true;
    }

    private static StateProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var siblings = new Hash32[Canonical.ReadArrayUpTo(reader, MaxDepth)];
        for (var i = 0; i < siblings.Length; i++)
        {
            siblings[i] = Canonical.ReadHash(reader);
        }

        reader.ReadEndArray();
        var other = ReadNeighbour(reader);
        reader.ReadEndArray();
        return new StateProof(siblings, other);
    }

    private static Neighbour? ReadNeighbour(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        Canonical.ReadArray(reader, 2);
        var other = new Neighbour(Canonical.ReadHash(reader), Canonical.ReadHash(reader));
        reader.ReadEndArray();
        return other;
    }

    /// <summary>The pair that stands alone where the path of an absent key ends.</summary>
    /// <param name="Key">Shares with the absent key as many leading bits as there are siblings.</param>
    /// <param name="ValueHash">SHA-256 of the value.</param>
    public sealed record Neighbour(Hash32 Key, Hash32 ValueHash);
}
