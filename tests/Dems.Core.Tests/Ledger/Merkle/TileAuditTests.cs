using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class TileAuditTests
{
    // Beyond one step of the audit, so that tiles that were partial at its end are met again.
    private static readonly Hash32[] Leaves = [.. Enumerable.Range(0, 66_000).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(65_536)]
    [InlineData(66_000)]
    public void TryMatch_HonestTiles_FindsNothing(int size)
    {
        var store = new TileStore();
        _ = store.Append(Leaves.AsSpan(0, size));
        Assert.True(TileAudit.TryMatch(Leaves.Take(size), store, out _, out var error), error);
    }

    [Fact]
    public void TryMatch_AnyFlippedByte_NamesTileAndPlace()
    {
        var store = new TileStore();
        _ = store.Append(Leaves);
        TileCoordinate[] tiles = [.. store.Tiles.Keys];
        Gen.Select(Gen.Int[0, tiles.Length - 1], Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample(
            (at, random, flip) =>
            {
                var tile = tiles[at];
                var honest = store.Tiles[tile];
                var wrong = honest.ToArray();
                wrong[random % wrong.Length] ^= flip;
                store.Tiles[tile] = wrong;
                var matches = TileAudit.TryMatch(Leaves, store, out var damaged, out var error);
                store.Tiles[tile] = honest;
                Assert.False(matches);
                Assert.Equal(tile, damaged);
                Assert.Equal($"differs from the entries at byte {random % wrong.Length}", error);
            },
            iter: TestScale.Times(5),
            threads: 1);
    }

    [Fact]
    public void TryMatch_AnyTileMissingOrOfOtherWidth_NamesIt()
    {
        var store = new TileStore();
        _ = store.Append(Leaves.AsSpan(0, 1_000));
        foreach (var (tile, honest) in store.Tiles.ToArray())
        {
            _ = store.Tiles.Remove(tile);
            Assert.False(TileAudit.TryMatch(Leaves.Take(1_000), store, out var damaged, out var error));
            Assert.Equal((tile, "not stored"), (damaged, error));
            foreach (var wrong in new[] { honest[..^32], new byte[honest.Length + 32] })
            {
                store.Tiles[tile] = wrong;
                Assert.False(TileAudit.TryMatch(Leaves.Take(1_000), store, out damaged, out error));
                Assert.Equal(tile, damaged);
                Assert.Contains("expected", error, StringComparison.Ordinal);
            }

            store.Tiles[tile] = honest;
        }
    }
}
