using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Core.Crypto;
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

    private const int SaltSize = OpenedEntry.SaltSize;
    private const int LeafSize = 1 + SaltSize + ReadingSize;

    /// <summary>Root over all readings of the runs in order; at least one. This runs for every reading that anyone opens, so it hashes eight nodes at a time.</summary>
    public static Hash32 RootOf(IReadOnlyList<ReadingRun> runs, ReadOnlySpan<byte> salt)
    {
        var count = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            count += runs[i].Quantities.Length;
        }

        var salts = ArrayPool<byte>.Shared.Rent(count * SaltSize);
        var nodes = ArrayPool<byte>.Shared.Rent(count * Hash32.Size);
        WriteSalts(salts.AsSpan(0, count * SaltSize), salt);
        HashLeaves(runs, salts, nodes);
        var root = MerkleLevels.Root(nodes, count);
        ArrayPool<byte>.Shared.Return(nodes);
        ArrayPool<byte>.Shared.Return(salts);
        return root;
    }

    /// <summary>Shows one reading of a batch, by its place in the order of <see cref="ReadingBatch.Expand"/>.</summary>
    public static ReadingProof Prove(ReadingBatch batch, ReadOnlySpan<byte> salt, int index)
    {
        var readings = batch.Expand().ToArray();
        var salts = new byte[readings.Length * SaltSize];
        WriteSalts(salts, salt);
        var leaves = new Hash32[readings.Length];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = LeafOf(readings[i], salts.AsSpan(i * SaltSize, SaltSize));
        }

        return new ReadingProof(readings[index], salts.AsMemory(index * SaltSize, SaltSize).ToArray(), MerkleTree.ProveInclusion(leaves, index));
    }

    /// <summary>The leaf hash of one reading under its own salt of 16 bytes.</summary>
    public static Hash32 LeafOf(in Reading reading, ReadOnlySpan<byte> readingSalt)
    {
        Span<byte> leaf = stackalloc byte[SaltSize + ReadingSize];
        readingSalt.CopyTo(leaf);
        Encode(reading, leaf[SaltSize..]);
        return MerkleHash.Leaf(leaf);
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

    private static void WriteSalts(Span<byte> salts, ReadOnlySpan<byte> key)
    {
        salts.Clear();
        for (var i = 0; i < salts.Length / SaltSize; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(salts[((i + 1) * SaltSize - sizeof(int))..], i);
        }

        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.EncryptEcb(salts, salts, PaddingMode.None);
    }

    private static void HashLeaves(IReadOnlyList<ReadingRun> runs, ReadOnlySpan<byte> salts, Span<byte> nodes)
    {
        Span<byte> messages = stackalloc byte[Sha256Lanes.Lanes * Sha256Lanes.BlockSize];
        Span<byte> digests = stackalloc byte[Sha256Lanes.Lanes * Hash32.Size];
        for (var i = 0; i < Sha256Lanes.Lanes; i++)
        {
            // The prefix of a leaf is the 0 that stands there.
            Sha256Lanes.Pad(messages.Slice(i * Sha256Lanes.BlockSize, Sha256Lanes.BlockSize), LeafSize);
        }

        var (next, lane) = (0, 0);
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            for (var k = 0; k < run.Quantities.Length; k++, next++)
            {
                var leaf = messages.Slice(lane * Sha256Lanes.BlockSize + 1, SaltSize + ReadingSize);
                salts.Slice(next * SaltSize, SaltSize).CopyTo(leaf);
                Encode(run[k], leaf[SaltSize..]);
                lane++;
                if (lane == Sha256Lanes.Lanes)
                {
                    Sha256Lanes.Hash(messages, 1, nodes[((next + 1 - lane) * Hash32.Size)..]);
                    lane = 0;
                }
            }
        }

        if (lane > 0)
        {
            Sha256Lanes.Hash(messages, 1, digests);
            digests[..(lane * Hash32.Size)].CopyTo(nodes[((next - lane) * Hash32.Size)..]);
        }
    }
}
