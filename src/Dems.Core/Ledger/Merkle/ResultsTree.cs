using System.Buffers.Binary;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The results of a block as an RFC 9162 tree whose leaf data are salt(16) ‖ row. A leaf hash that appears in a neighbour's proof thus tells nothing
/// about its row, however few values that row could have; showing a row means showing its salt, which reveals no other (<see cref="ResultSalts"/>).
/// </summary>
public sealed class ResultsTree
{
    // Leaves start with 0x00 and inner nodes with 0x01 (MerkleHash).
    private const byte LeafPrefix = 0x00;
    private const byte CountPrefix = 0x02;

    // Rows longer than this many blocks are rare (the openings of ballots) and hashed one by one.
    private const int MaxLaneBlocks = 8;
    private const int PlaceSize = MaxLaneBlocks * Sha256Lanes.BlockSize;

    private readonly byte[] _leafHashes;
    private readonly byte[] _salts;

    private ResultsTree(byte[] leafHashes, byte[] salts)
    {
        _leafHashes = leafHashes;
        _salts = salts;
        Count = leafHashes.Length / Hash32.Size;
        Root = Count == 0 ? MerkleHash.Empty : WithCount(Count, MerkleLevels.Root(leafHashes.ToArray(), Count));
    }

    /// <summary>What headers carry: the number of rows with the root over them; <see cref="MerkleHash.Empty"/> if there are none.</summary>
    public Hash32 Root { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Leaf hash of a row: names it, and its bytes cannot be guessed from it.</summary>
    /// <param name="index">Position of the row: 0…<see cref="Count"/> − 1.</param>
    public Hash32 LeafOf(int index) => new(_leafHashes.AsSpan(index * Hash32.Size, Hash32.Size));

    /// <summary>Blinds and hashes the rows of a block, in order.</summary>
    /// <param name="seed">32 bytes, used for this block only. The caller decides who knows it; with it, rows can be guessed.</param>
    /// <param name="rows">Encoded rows.</param>
    public static ResultsTree Build(ReadOnlySpan<byte> seed, IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        var salts = ResultSalts.DeriveAll(seed, rows.Count);
        var leafHashes = new byte[rows.Count * Hash32.Size];
        for (var first = 0; first < rows.Count; first += Sha256Lanes.Lanes)
        {
            HashRows(rows, first, Math.Min(Sha256Lanes.Lanes, rows.Count - first), salts, leafHashes.AsSpan(first * Hash32.Size));
        }

        return new ResultsTree(leafHashes, salts);
    }

    /// <summary>Shows one row: its salt and its place in the tree.</summary>
    /// <param name="index">Position of the row: 0…<see cref="Count"/> − 1.</param>
    public ResultProof Prove(int index)
    {
        var leafHashes = new Hash32[Count];
        for (var i = 0; i < leafHashes.Length; i++)
        {
            leafHashes[i] = LeafOf(i);
        }

        return new ResultProof(_salts.AsMemory(index * ResultSalts.SaltSize, ResultSalts.SaltSize), MerkleTree.ProveInclusion(leafHashes, index));
    }

    /// <summary>
    /// SHA-256(0x02 ‖ count as 8 bytes, big-endian ‖ root). A root alone does not say of how many leaves it is (the leftmost leaf has the same path in trees of 5 to 8), and
    /// headers have no place for the number: with it, a proof's index and count are proven, not claimed.
    /// </summary>
    internal static Hash32 WithCount(long count, Hash32 root)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long) + Hash32.Size];
        bytes[0] = CountPrefix;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], count);
        root.CopyTo(bytes[(1 + sizeof(long))..]);
        return Hash32.Of(bytes);
    }

    /// <summary>SHA-256(0x00 ‖ salt ‖ row). The salt's length is fixed, so that no byte can move from one to the other.</summary>
    internal static Hash32 HashRow(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> row) => MerkleHash.Leaf([.. salt, .. row]);

    private static void HashRows(IReadOnlyList<ReadOnlyMemory<byte>> rows, int first, int count, ReadOnlySpan<byte> salts, Span<byte> leafHashes)
    {
        Span<byte> messages = stackalloc byte[Sha256Lanes.Lanes * PlaceSize];
        Span<int> blocks = stackalloc int[count];
        for (var lane = 0; lane < count; lane++)
        {
            var row = rows[first + lane].Span;
            var length = 1 + ResultSalts.SaltSize + row.Length;
            blocks[lane] = Sha256Lanes.BlocksOf(length);
            if (blocks[lane] > MaxLaneBlocks)
            {
                HashEachAlone(rows, first, count, salts, leafHashes);
                return;
            }

            var message = messages.Slice(lane * PlaceSize, blocks[lane] * Sha256Lanes.BlockSize);
            Sha256Lanes.Pad(message, length);
            message[0] = LeafPrefix;
            salts.Slice((first + lane) * ResultSalts.SaltSize, ResultSalts.SaltSize).CopyTo(message[1..]);
            row.CopyTo(message[(1 + ResultSalts.SaltSize)..]);
        }

        Sha256Lanes.HashEach(messages, PlaceSize, blocks, leafHashes);
    }

    private static void HashEachAlone(IReadOnlyList<ReadOnlyMemory<byte>> rows, int first, int count, ReadOnlySpan<byte> salts, Span<byte> leafHashes)
    {
        for (var i = 0; i < count; i++)
        {
            HashRow(salts.Slice((first + i) * ResultSalts.SaltSize, ResultSalts.SaltSize), rows[first + i].Span).CopyTo(leafHashes[(i * Hash32.Size)..]);
        }
    }
}
