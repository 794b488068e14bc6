namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The results of a block as an RFC 9162 tree whose leaf data are salt(16) ‖ row. A leaf hash that appears in a neighbour's proof thus tells nothing
/// about its row, however few values that row could have; showing a row means showing its salt, which reveals no other (<see cref="ResultSalts"/>).
/// </summary>
public sealed class ResultsTree
{
    private readonly Hash32[] _leafHashes;
    private readonly byte[][] _salts;

    private ResultsTree(Hash32[] leafHashes, byte[][] salts)
    {
        _leafHashes = leafHashes;
        _salts = salts;
        Root = MerkleTree.Root(leafHashes);
    }

    /// <summary>Root over all rows; <see cref="MerkleHash.Empty"/> if there are none.</summary>
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

    /// <summary>SHA-256(0x00 ‖ salt ‖ row). The salt's length is fixed, so that no byte can move from one to the other.</summary>
    internal static Hash32 HashRow(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> row) => MerkleHash.Leaf([.. salt, .. row]);
}
