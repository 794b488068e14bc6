using System.Buffers.Binary;
using Dems.Core;

namespace Dems.Storage.Integrity;

/// <summary>
/// Checksum over a row's columns, stored in the row: the first 8 bytes of SHA-256 over a table tag and the columns in order. Guards against damage, not
/// against an attacker, who must face the hashes of the chain itself.
/// </summary>
internal ref struct RowDigest
{
    private const int Capacity = 256;

    private readonly Span<byte> _buffer;
    private int _length;

    /// <param name="table">One letter per table, so that a row never passes for one of another table.</param>
    /// <param name="buffer">Scratch space of <see cref="ScratchSize"/> bytes.</param>
    public RowDigest(char table, Span<byte> buffer)
    {
        _buffer = buffer;
        _buffer[0] = (byte)table;
        _length = 1;
    }

    /// <summary>Length of the scratch space in bytes.</summary>
    public static int ScratchSize => Capacity;

    public RowDigest Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer[_length..], value);
        _length += sizeof(long);
        return this;
    }

    public RowDigest Add(Hash32 value)
    {
        value.CopyTo(_buffer[_length..]);
        _length += Hash32.Size;
        return this;
    }

    /// <summary>Adds bytes of any length by their hash.</summary>
    public RowDigest Add(ReadOnlySpan<byte> value) => Add(Hash32.Of(value));

    public readonly long Finish()
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        Hash32.Of(_buffer[.._length]).CopyTo(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
