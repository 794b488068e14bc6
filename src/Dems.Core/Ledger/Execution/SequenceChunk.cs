using System.Buffers.Binary;
using System.Numerics;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// What used 64 consecutive sequence numbers: a bit per number (bit n of a big-endian word for the n-th), then for each 1, ascending, the first 8 bytes of the
/// content id. Eight bytes tell a repeat from another content; only the signer could make two contents agree in them, to no use.
/// </summary>
internal sealed class SequenceChunk : IStateRecord
{
    /// <summary>Sequence numbers of one chunk.</summary>
    public const int Size = 64;

    private readonly ulong[] _contents = new ulong[Size];
    private ulong _used;

    public bool IsUsed(int index) => (_used >> index & 1) != 0;

    public bool IsUsedBy(int index, ContentId content) => IsUsed(index) && _contents[index] == PrefixOf(content);

    public void Use(int index, ContentId content)
    {
        _used |= 1UL << index;
        _contents[index] = PrefixOf(content);
    }

    public byte[] Encode()
    {
        var bytes = new byte[sizeof(ulong) * (1 + BitOperations.PopCount(_used))];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _used);
        var at = sizeof(ulong);
        for (var i = 0; i < Size; i++)
        {
            if (IsUsed(i))
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at), _contents[i]);
                at += sizeof(ulong);
            }
        }

        return bytes;
    }

    public static SequenceChunk Decode(ReadOnlySpan<byte> bytes)
    {
        var chunk = new SequenceChunk { _used = BinaryPrimitives.ReadUInt64BigEndian(bytes) };
        var at = sizeof(ulong);
        for (var i = 0; i < Size; i++)
        {
            if (chunk.IsUsed(i))
            {
                chunk._contents[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes[at..]);
                at += sizeof(ulong);
            }
        }

        return at == bytes.Length ? chunk : throw new FormatException("a sequence chunk has a wrong length");
    }

    private static ulong PrefixOf(ContentId content)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        content.Value.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
