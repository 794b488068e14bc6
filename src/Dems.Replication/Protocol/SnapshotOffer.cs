using System.Formats.Cbor;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Merkle;
using Dems.Replication.Ports;

namespace Dems.Replication.Protocol;

/// <summary>
/// A state that a member can give: the block it belongs to, the certified block after it, whose header names the state's root, the right edge of the tree at that place,
/// and the hashes of the chunks. Blocks and edge can be checked at once. That the chunks give the state is known only when all are there.
/// </summary>
/// <param name="Base">The block whose execution gave the state.</param>
/// <param name="Next">The block after it.</param>
/// <param name="Edge">The partial tiles of the tree of <paramref name="Base"/>, by level.</param>
/// <param name="Size">Bytes of the exported state.</param>
/// <param name="Chunks">SHA-256 of each chunk of <see cref="ChunkBytes"/>; the last may be shorter.</param>
public sealed record SnapshotOffer(DecidedBlock Base, DecidedBlock Next, IReadOnlyList<Tile> Edge, long Size, IReadOnlyList<Hash32> Chunks)
{
    /// <summary>Bytes of a chunk: 1 MiB.</summary>
    public const int ChunkBytes = 1024 * 1024;

    /// <summary>Most chunks: states up to 1 GiB, which one array can hold.</summary>
    public const int MaxChunks = 1_024;

    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Height of the state.</summary>
    public Height Height => Base.Height;

    /// <summary>Length of a chunk in bytes.</summary>
    public int LengthOf(int chunk) => (int)Math.Min(ChunkBytes, Size - ((long)chunk * ChunkBytes));

    /// <summary>The tiles of which a tree of some size has a part only: what a right edge consists of.</summary>
    public static IEnumerable<TileCoordinate> EdgeOf(long treeSize)
    {
        for (var level = 0; level <= TileCoordinate.MaxLevel; level++)
        {
            var tile = new TileCoordinate(level, treeSize >> (TileCoordinate.Height * (level + 1)));
            if (tile.WidthAt(treeSize) > 0)
            {
                yield return tile;
            }
        }
    }

    /// <summary>Why the offer cannot be what it says; null if its blocks are certified and belong together, and the edge gives the tree's root.</summary>
    /// <param name="validators">Who decides these heights, as far as the receiver knows. After a change of validators offers are refused until the blocks up to it are here.</param>
    public string? Refusal(ChainId chain, ValidatorSet validators, ISignatureVerifier verifier)
    {
        if (Size is < 1 or > (long)MaxChunks * ChunkBytes || Chunks.Count != (Size + ChunkBytes - 1) / ChunkBytes)
        {
            return $"{Chunks.Count} chunks do not hold {Size} bytes";
        }

        if (Next.Height != Base.Height.Next || Next.Block.Header.Previous != Base.Hash)
        {
            return "the blocks do not follow each other";
        }

        foreach (var block in new[] { Base, Next })
        {
            if (block.Certificate.Block != block.Hash
                || !CertificateRules.TryVerify(block.Certificate, chain, block.Height, validators, verifier, out _))
            {
                return $"block {block.Height} is not certified by the validators known here";
            }
        }

        return EdgeFrontier() is { } frontier
            && frontier.Root == Base.Block.Header.TreeRoot
            && frontier.Size + Next.Block.Leaves.Count == Next.Block.Header.TreeSize
            && frontier.AppendAll(Next.Block.Leaves.Select(leaf => leaf.Value)).Root == Next.Block.Header.TreeRoot
                ? null
                : "the edge does not give the trees of its blocks";
    }

    /// <summary>Canonical CBOR.</summary>
    public static void Write(CborWriter writer, SnapshotOffer offer)
    {
        writer.WriteStartArray(7);
        BlockCodec.Write(writer, offer.Base.Block);
        CertificateCodec.Write(writer, offer.Base.Certificate);
        BlockCodec.Write(writer, offer.Next.Block);
        CertificateCodec.Write(writer, offer.Next.Certificate);
        writer.WriteStartArray(offer.Edge.Count);
        foreach (var tile in offer.Edge)
        {
            writer.WriteByteString(tile.Bytes.Span);
        }

        writer.WriteEndArray();
        writer.WriteInt64(offer.Size);
        writer.WriteStartArray(offer.Chunks.Count);
        foreach (var chunk in offer.Chunks)
        {
            Canonical.WriteHash(writer, chunk);
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    public static SnapshotOffer Read(CborReader reader)
    {
        Canonical.ReadArray(reader, 7);
        var (lower, upper) = (ReadBlock(reader), ReadBlock(reader));
        var tiles = EdgeOf(lower.Block.Header.TreeSize).ToList();
        Canonical.ReadArray(reader, tiles.Count);
        var edge = tiles.ConvertAll(tile => new Tile(
            tile, Canonical.ReadBytes(reader, tile.WidthAt(lower.Block.Header.TreeSize) * Hash32.Size, "a tile")));
        reader.ReadEndArray();
        var size = Canonical.ReadInteger(reader, 0, (long)MaxChunks * ChunkBytes, "size");
        var count = Canonical.ReadArrayUpTo(reader, MaxChunks);
        var chunks = new List<Hash32>(count);
        for (var i = 0; i < count; i++)
        {
            chunks.Add(Canonical.ReadHash(reader));
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new SnapshotOffer(lower, upper, edge, size, chunks);
    }

    /// <summary>Canonical bytes, to be kept over a restart.</summary>
    public static byte[] Encode(SnapshotOffer offer)
    {
        var writer = Canonical.NewWriter(64 * 1024);
        Write(writer, offer);
        return writer.Encode();
    }

    /// <summary>Reads kept bytes; false with a reason if they are none of an offer.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, out SnapshotOffer offer, out string error) =>
        Canonical.TryDecode(bytes, MaxBytes, "snapshot offer", Read, out offer, out error);

    private static DecidedBlock ReadBlock(CborReader reader)
    {
        var (block, hash) = BlockCodec.Read(reader);
        return new DecidedBlock(block, hash, CertificateCodec.Read(reader));
    }

    private MerkleFrontier? EdgeFrontier()
    {
        try
        {
            return MerkleFrontier.Load(Base.Block.Header.TreeSize, new TileReader(new EdgeTiles(Edge)));
        }
        catch (TileException)
        {
            return null;
        }
    }

    private sealed class EdgeTiles(IReadOnlyList<Tile> edge) : ITileSource
    {
        public ReadOnlyMemory<byte>? ReadTile(TileCoordinate tile) => edge.FirstOrDefault(candidate => candidate.Coordinate == tile)?.Bytes;
    }
}
