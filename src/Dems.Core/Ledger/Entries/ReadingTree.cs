using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Core.Energy;
using Dems.Core.Ledger.Merkle;

namespace Dems.Core.Ledger.Entries;

/// <summary>
/// The small tree of a batch over its readings: an RFC 9162 §2.1.1 root over the leaves SHA-256(0x00 ‖ saltᵢ ‖ readingᵢ). saltᵢ is AES-128 under the batch's
/// salt of the counter i: AES is a pseudorandom function, so one shown salt says nothing of the others, and a leaf whose salt is not shown
/// hides its small numbers. A reading has 24 bytes, so that a leaf is one SHA-256 block.
/// </summary>
public static class ReadingTree
{
    /// <summary>Length of an encoded reading: register (1), quality (1), revision (2), duration (4), start (8), quantity (8), all big-endian.</summary>
    public const int ReadingSize = 24;

    private const int LeafSize = OpenedEntry.SaltSize + ReadingSize;

    /// <summary>Root over all readings of the runs in order.</summary>
    public static Hash32 RootOf(IReadOnlyList<ReadingRun> runs, ReadOnlySpan<byte> salt)
    {
        var count = 0;
        foreach (var run in runs)
        {
            count += run.Quantities.Length;
        }

        return MerkleFrontier.Empty.AppendAll(LeavesOf(runs, count, salt)).Root;
    }

    /// <summary>The salt of reading <paramref name="index"/> of a batch.</summary>
    public static byte[] SaltOf(int index, ReadOnlySpan<byte> batchSalt)
    {
        var block = new byte[OpenedEntry.SaltSize];
        BinaryPrimitives.WriteInt32BigEndian(block.AsSpan(OpenedEntry.SaltSize - sizeof(int)), index);
        EncryptCounters(block, batchSalt);
        return block;
    }

    /// <summary>The leaf hash of one reading under its own salt.</summary>
    public static Hash32 LeafOf(in Reading reading, ReadOnlySpan<byte> readingSalt)
    {
        Span<byte> leaf = stackalloc byte[LeafSize];
        readingSalt.CopyTo(leaf);
        Encode(reading, leaf[OpenedEntry.SaltSize..]);
        return MerkleHash.Leaf(leaf);
    }

    /// <summary>The leaf hashes of all readings in order.</summary>
    internal static Hash32[] LeavesOf(IReadOnlyList<ReadingRun> runs, int count, ReadOnlySpan<byte> salt)
    {
        var salts = new byte[count * OpenedEntry.SaltSize];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(salts.AsSpan((i + 1) * OpenedEntry.SaltSize - sizeof(int)), i);
        }

        EncryptCounters(salts, salt);
        var leaves = new Hash32[count];
        var next = 0;
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Quantities.Length; i++, next++)
            {
                leaves[next] = LeafOf(run[i], salts.AsSpan(next * OpenedEntry.SaltSize, OpenedEntry.SaltSize));
            }
        }

        return leaves;
    }

    private static void EncryptCounters(Span<byte> blocks, ReadOnlySpan<byte> key)
    {
        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.EncryptEcb(blocks, blocks, PaddingMode.None);
    }

    /// <summary>The fixed encoding of one reading.</summary>
    public static void Encode(in Reading reading, Span<byte> destination)
    {
        destination[0] = (byte)reading.Register;
        destination[1] = (byte)reading.Quality;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)reading.Revision);
        BinaryPrimitives.WriteInt32BigEndian(destination[4..], reading.Duration);
        BinaryPrimitives.WriteInt64BigEndian(destination[8..], reading.Start);
        BinaryPrimitives.WriteInt64BigEndian(destination[16..], reading.Quantity);
    }
}
