using System.Buffers.Binary;
using System.Formats.Cbor;
using Dems.Core.Energy;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// Shows that a reading is in a batch without showing its neighbours. The readings root and the node come from the batch's result row
/// (<see cref="Execution.EntryResult"/>), which also says whether the batch was applied.
/// </summary>
/// <param name="Reading">The reading.</param>
/// <param name="Salt">The 16 bytes that blinded its leaf.</param>
/// <param name="Inclusion">Its place and path. The root alone does not bind the size, so index and size are claims; the reading itself is proven.</param>
public sealed record ReadingProof(Reading Reading, ReadOnlyMemory<byte> Salt, InclusionProof Inclusion)
{
    /// <summary>Longest encoding in bytes.</summary>
    public const int MaxBytes = 64 + InclusionProof.MaxBytes;

    /// <summary>Whether the reading is a leaf of the tree with this root.</summary>
    public bool Verify(Hash32 readingsRoot) =>
        Salt.Length == OpenedEntry.SaltSize
        && Inclusion.TryComputeRoot(ReadingTree.LeafOf(Reading, Salt.Span), out var root)
        && root == readingsRoot;

    /// <summary>Canonical bytes: [reading (24 bytes), salt, encoded inclusion proof].</summary>
    public byte[] Encode()
    {
        Span<byte> reading = stackalloc byte[ReadingTree.ReadingSize];
        ReadingTree.Encode(Reading, reading);
        var writer = Canonical.NewWriter();
        writer.WriteStartArray(3);
        writer.WriteByteString(reading);
        writer.WriteByteString(Salt.Span);
        writer.WriteByteString(Inclusion.Encode());
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Decodes strictly; false with a reason otherwise.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out ReadingProof proof, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "reading proof", Read, out proof, out error);

    private static ReadingProof Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 3);
        var reading = ReadReading(Canonical.ReadBytes(reader, ReadingTree.ReadingSize, "reading").Span);
        var salt = Canonical.ReadBytes(reader, OpenedEntry.SaltSize, "salt").ToArray();
        if (!InclusionProof.TryDecode(Canonical.ReadBytesUpTo(reader, InclusionProof.MaxBytes, "inclusion proof"), out var inclusion, out var error))
        {
            throw new FormatException(error);
        }

        reader.ReadEndArray();
        return new ReadingProof(reading, salt, inclusion);
    }

    private static Reading ReadReading(ReadOnlySpan<byte> bytes)
    {
        var reading = new Reading(
            (Register)bytes[0],
            BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[16..]),
            (Quality)bytes[1],
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        return ReadingPacker.BoundsRefusal(reading) is { } refusal ? throw new FormatException(refusal) : reading;
    }
}
