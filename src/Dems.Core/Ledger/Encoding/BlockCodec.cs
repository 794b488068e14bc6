using System.Formats.Cbor;

namespace Dems.Core.Ledger.Encoding;

/// <summary>
/// How a block travels and is stored: [header, leaves]. The header is a byte string holding its own canonical bytes, so that its hash is
/// taken over what was received; the leaves are one byte string of 32 bytes per entry, in chain order, without repetition.
/// </summary>
public static class BlockCodec
{
    /// <summary>Longest encoded block in bytes: header, <see cref="Block.MaxEntries"/> leaves and framing.</summary>
    public const int MaxBytes = HeaderCodec.MaxBytes + Block.MaxEntries * Hash32.Size + 16;

    /// <summary>Canonical bytes.</summary>
    public static byte[] Encode(Block block)
    {
        var writer = Canonical.NewWriter(HeaderCodec.MaxBytes + block.Leaves.Count * Hash32.Size + 16);
        Write(writer, block);
        return writer.Encode();
    }

    /// <summary>Writes the block as one item of a larger message.</summary>
    public static void Write(CborWriter writer, Block block)
    {
        writer.WriteStartArray(2);
        writer.WriteByteString(HeaderCodec.Encode(block.Header));
        WriteLeaves(writer, block.Leaves);
        writer.WriteEndArray();
    }

    /// <summary>Decodes strictly; false with a reason otherwise. <paramref name="hash"/> is the hash of the header.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Block block, out BlockHash hash, out string error)
    {
        var decoded = Canonical.TryDecode(bytes, MaxBytes, "block", Read, out var pair, out error);
        (block, hash) = pair;
        return decoded;
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out Block block, out string error) => TryDecode(bytes, out block, out _, out error);

    /// <summary>Reads the block as one item of a larger message, inside <see cref="Canonical.TryDecode"/>.</summary>
    public static (Block Block, BlockHash Hash) Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 2);
        var headerBytes = Canonical.ReadBytesUpTo(reader, HeaderCodec.MaxBytes, "header");
        if (!HeaderCodec.TryDecode(headerBytes, out var header, out var error))
        {
            throw new FormatException(error);
        }

        var leaves = ReadLeaves(reader);
        reader.ReadEndArray();
        return (new Block(header, leaves), new BlockHash(Hash32.Of(headerBytes.Span)));
    }

    private static void WriteLeaves(CborWriter writer, IReadOnlyList<LeafHash> leaves)
    {
        var bytes = new byte[leaves.Count * Hash32.Size];
        for (var i = 0; i < leaves.Count; i++)
        {
            leaves[i].Value.CopyTo(bytes.AsSpan(i * Hash32.Size));
        }

        writer.WriteByteString(bytes);
    }

    private static LeafHash[] ReadLeaves(CborReader reader)
    {
        var bytes = Canonical.ReadBytesUpTo(reader, Block.MaxEntries * Hash32.Size, "leaves").Span;
        if (bytes.Length % Hash32.Size != 0)
        {
            throw new FormatException($"leaves: {bytes.Length} bytes are not a multiple of {Hash32.Size}");
        }

        var leaves = new LeafHash[bytes.Length / Hash32.Size];
        var seen = new HashSet<LeafHash>(leaves.Length);
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = new LeafHash(new Hash32(bytes.Slice(i * Hash32.Size, Hash32.Size)));
            if (!seen.Add(leaves[i]))
            {
                throw new FormatException($"leaf {leaves[i]} stands twice in one block");
            }
        }

        return leaves;
    }
}
