namespace Dems.Core.Ledger.Merkle;

/// <summary>A tile's hashes, to be stored and served as they are.</summary>
/// <param name="Coordinate">Which tile.</param>
/// <param name="Bytes">1…256 hashes of 32 bytes, from left to right; whoever receives them does not write to them.</param>
public sealed record Tile(TileCoordinate Coordinate, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Number of hashes, 1…256.</summary>
    public int Width => Bytes.Length / Hash32.Size;

    /// <summary>Whether the tile has all its 256 hashes and will never change again.</summary>
    public bool IsFull => Width == TileCoordinate.FullWidth;

    /// <summary>Path below a log's prefix.</summary>
    public string Path => Coordinate.ToPath(Width);

    /// <summary>The hash at a place, 0…Width − 1.</summary>
    public Hash32 this[int position] => new(Bytes.Span.Slice(position * Hash32.Size, Hash32.Size));

    /// <summary>Root of the full subtree over the hashes [first, first + 2^height).</summary>
    internal Hash32 SubtreeRoot(int first, int height) => height == 0
        ? this[first]
        : MerkleHash.Node(SubtreeRoot(first, height - 1), SubtreeRoot(first + (1 << (height - 1)), height - 1));
}
