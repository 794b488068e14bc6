using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class TileTests
{
    private static readonly Hash32[] Leaves = [.. Enumerable.Range(0, 70_000).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];
    private static readonly byte[][] RawLeaves = [.. Leaves.Select(leaf => leaf.ToArray())];
    private static readonly TileStore Large = Build(Leaves.Length);

    [Fact]
    public void Append_TreeOf70000_HasTilesOfSpecification()
    {
        Assert.Equal(273 + 1 + 1 + 1 + 1, Large.Tiles.Count);
        Assert.All(Large.Tiles, tile => Assert.Equal(tile.Key.WidthAt(70_000), tile.Value.Length / 32));
        Assert.All(Large.Tiles, tile => Assert.Equal(ReferenceTile(tile.Key, 70_000), tile.Value.ToArray()));
    }

    [Fact]
    public void Append_Exactly256_MakesFullTileAndPartialAbove()
    {
        var changed = new TileStore().Append(Leaves.AsSpan(0, 256));
        Assert.Equal("tile/0/000 tile/1/000.p/1", string.Join(' ', changed.Select(tile => tile.Path)));
    }

    [Fact]
    public void Append_Nothing_ChangesNothing() => Assert.Empty(Build(300).Append([]));

    [Fact]
    public void Append_InRandomBatches_EqualsFromScratch() =>
        Gen.Int[0, 900].Array[1, 8].Sample(
            batches =>
            {
                var store = new TileStore();
                foreach (var batch in batches)
                {
                    var before = store.Tiles.ToDictionary(tile => tile.Key, tile => tile.Value.ToArray());
                    var from = (int)store.Size;
                    var changed = store.Append(Leaves.AsSpan(from, batch));

                    // Exactly what grew is reported, and growing keeps what was there.
                    Assert.All(changed, tile => Assert.True(tile.Width > tile.Coordinate.WidthAt(from)));
                    Assert.All(before, tile => Assert.True(store.Tiles[tile.Key].Span.StartsWith(tile.Value)));
                }

                var scratch = Build((int)store.Size);
                Assert.Equal(scratch.Tiles.Keys, store.Tiles.Keys);
                Assert.All(scratch.Tiles, tile => Assert.Equal(tile.Value.ToArray(), store.Tiles[tile.Key].ToArray()));
            },
            iter: TestScale.Times(20));

    [Fact]
    public void Append_OverWiderTilesThanOldSize_IgnoresTheRest()
    {
        // After a crash between tiles and size, tiles may be ahead of the size.
        var ahead = Build(700);
        var again = TileBuilder.Append(300, ahead, Leaves.AsSpan(300, 400));
        Assert.All(again, tile => Assert.Equal(ahead.Tiles[tile.Coordinate].ToArray(), tile.Bytes.ToArray()));
    }

    [Fact]
    public void Reader_AnyIndexAndSize_ProvesWithFewReads() =>
        Gen.Select(Gen.Int[1, Leaves.Length], Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue]).Sample(
            (size, a, b) =>
            {
                var (index, oldSize) = (a % size, 1 + (b % size));
                var old = MerkleFrontier.Empty.AppendAll(Leaves.AsSpan(0, oldSize));
                var whole = old.AppendAll(Leaves.AsSpan(oldSize, size - oldSize));
                var inclusion = Bounded(reader => MerkleTree.ProveInclusion(reader, index, size), size);
                Assert.True(inclusion.Verify(Leaves[index], size, whole.Root));
                var consistency = Bounded(reader => MerkleTree.ProveConsistency(reader, oldSize, size), size);
                Assert.True(consistency.Verify(oldSize, old.Root, size, whole.Root));
                Assert.Equal(whole, Bounded(reader => MerkleFrontier.Load(size, reader), size));
            },
            iter: TestScale.Times(20),
            threads: 1);

    [Fact]
    public void Reader_MissingNarrowOrRaggedTile_NamesIt()
    {
        var store = Build(600);
        var tile = new TileCoordinate(0, 2);
        var whole = store.Tiles[tile];
        foreach (var damaged in new ReadOnlyMemory<byte>[] { whole[..^32], whole[..^1], default, new byte[257 * 32] })
        {
            store.Tiles[tile] = damaged;
            Assert.Equal(tile, Assert.Throws<TileException>(() => MerkleTree.Root(new TileReader(store), 600)).Tile);
        }

        _ = store.Tiles.Remove(tile);
        Assert.Equal(tile, Assert.Throws<TileException>(() => MerkleTree.Root(new TileReader(store), 600)).Tile);
        Assert.Equal(tile, Assert.Throws<TileException>(() => store.Append(Leaves.AsSpan(600, 1))).Tile);
        Assert.Equal(MerkleTree.Root(Leaves.AsSpan(0, 512)), MerkleTree.Root(new TileReader(store), 512));
    }

    private static TileStore Build(int size)
    {
        var store = new TileStore();
        _ = store.Append(Leaves.AsSpan(0, size));
        return store;
    }

    private static T Bounded<T>(Func<TileReader, T> prove, long size)
    {
        Large.Reads.Clear();
        var result = prove(new TileReader(Large));
        var levels = Enumerable.Range(0, 8).Count(level => size >> (8 * level) > 0);
        Assert.InRange(Large.Reads.Count, 0, 2 * levels);
        Assert.Equal(Large.Reads.Count, Large.Reads.Distinct().Count());
        return result;
    }

    private static byte[] ReferenceTile(TileCoordinate tile, int size)
    {
        var span = 1 << (8 * tile.Level);
        var first = (int)tile.Index * 256;
        var roots = Enumerable.Range(first, 256).Where(i => (i + 1L) * span <= size).Select(i => ReferenceTree.Root(RawLeaves.AsSpan(i * span, span)));
        return [.. roots.SelectMany(root => root)];
    }
}
