using BenchmarkDotNet.Attributes;
using Dems.Core;
using Dems.Core.Ledger.Merkle;

namespace Dems.Bench;

/// <summary>The ledger's tree: appending a block's leaves, keeping its tiles, proving and verifying one entry among a million.</summary>
[MemoryDiagnoser]
public class MerkleBenchmarks
{
    private const int TreeSize = 1_000_000;
    private readonly Tiles _tiles = new();
    private Hash32[] _block = [];
    private MerkleFrontier _frontier = MerkleFrontier.Empty;
    private InclusionProof _proof = null!;
    private Hash32 _leaf;

    /// <summary>Leaves that a block appends.</summary>
    [Params(100, 1_000)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Hash32[] leaves = [.. Enumerable.Range(0, TreeSize).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];
        foreach (var tile in TileBuilder.Append(0, _tiles, leaves))
        {
            _tiles.ByCoordinate[tile.Coordinate] = tile.Bytes;
        }

        _block = leaves[..BlockSize];
        _frontier = MerkleFrontier.Empty.AppendAll(leaves);
        _leaf = leaves[654_321];
        _proof = ProveInclusion();
    }

    [Benchmark]
    public Hash32 AppendToFrontier() => _frontier.AppendAll(_block).Root;

    [Benchmark]
    public int AppendToTiles() => TileBuilder.Append(TreeSize, _tiles, _block).Count;

    [Benchmark]
    public InclusionProof ProveInclusion() => MerkleTree.ProveInclusion(new TileReader(_tiles), 654_321, TreeSize);

    [Benchmark]
    public ConsistencyProof ProveConsistency() => MerkleTree.ProveConsistency(new TileReader(_tiles), 654_321, TreeSize);

    [Benchmark]
    public bool VerifyInclusion() => _proof.Verify(_leaf, TreeSize, _frontier.Root);

    private sealed class Tiles : ITileSource
    {
        public Dictionary<TileCoordinate, ReadOnlyMemory<byte>> ByCoordinate { get; } = [];

        public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => ByCoordinate.GetValueOrDefault(tile);
    }
}
