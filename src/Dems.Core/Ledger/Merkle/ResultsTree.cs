using System.Buffers.Binary;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The results of a block as an RFC 9162 tree whose leaf data are salt(16) ‖ row. A leaf hash that appears in a neighbour's proof thus tells nothing
/// about its row, however few values that row could have; showing a row means showing its salt, which reveals no other (<see cref="ResultSalts"/>).
/// </summary>
public sealed class ResultsTree
{
    // Leaves start with 0x00 and inner nodes with 0x01 (MerkleHash).
    private const byte CountPrefix = 0x02;

    private readonly Hash32[] _leafHashes;
    private readonly byte[][] _salts;

    private ResultsTree(Hash32[] leafHashes, byte[][] salts)
    {
        _leafHashes = leafHashes;
        _salts = salts;
        Root = leafHashes.Length == 0 ? MerkleHash.Empty : WithCount(leafHashes.Length, MerkleTree.Root(leafHashes));
    }

    /// <summary>What headers carry: the number of rows with the root over them; <see cref="MerkleHash.Empty"/> if there are none.</summary>
    public Hash32 Root { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _leafHashes.Length;

    /// <summary>Blinds and hashes the rows of a block, in order.</summary>
    /// <param name="seed">32 bytes, used for this block only. The caller decides who knows it; with it, rows can be guessed.</param>
    /// <param name="rows">Encoded rows.</param>
    public static ResultsTree Build(ReadOnlySpan<byte> seed, IReadOnlyList<ReadOnlyMemory<byte>> rows)
    {
        var leafHashes = new Hash32[rows.Count];
        var salts = new byte[rows.Count][];
        for (var i = 0; i < leafHashes.Length; i++)
        {
            salts[i] = ResultSalts.Derive(seed, i);
            leafHashes[i] = HashRow(salts[i], rows[i].Span);
        }

        return new ResultsTree(leafHashes, salts);
    }

    /// <summary>Shows one row: its salt and its place in the tree.</summary>
    /// <param name="index">Position of the row: 0…<see cref="Count"/> − 1.</param>
    public ResultProof Prove(int index) => new(_salts[index], MerkleTree.ProveInclusion(_leafHashes, index));

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
}
