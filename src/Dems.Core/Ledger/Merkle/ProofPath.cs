using System.Formats.Cbor;
using Dems.Core.Ledger.Encoding;

namespace Dems.Core.Ledger.Merkle;

/// <summary>What the encodings of inclusion and consistency proofs share: two integers and a path of hashes.</summary>
internal static class ProofPath
{
    /// <summary>Most hashes: a consistency proof in a tree of 2^62 leaves has one per level and one more.</summary>
    public const int MaxHashes = 63;

    /// <summary>Two array headers, two integers and the hashes.</summary>
    public const int MaxBytes = 32 + (MaxHashes * (Hash32.Size + 2));

    public static byte[] Encode(long first, long second, IReadOnlyList<Hash32> path)
    {
        var writer = Canonical.NewWriter(32 + (path.Count * (Hash32.Size + 2)));
        writer.WriteStartArray(3);
        writer.WriteInt64(first);
        writer.WriteInt64(second);
        writer.WriteStartArray(path.Count);
        foreach (var hash in path)
        {
            Canonical.WriteHash(writer, hash);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return writer.Encode();
    }

    public static Hash32[] Read(CborReader reader)
    {
        var path = new Hash32[Canonical.ReadArrayUpTo(reader, MaxHashes)];
        for (var i = 0; i < path.Length; i++)
        {
            path[i] = Canonical.ReadHash(reader);
        }

        reader.ReadEndArray();
        return path;
    }
}
