using CsCheck;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Core.Tests.Ledger.Merkle;

public sealed class TileCoordinateTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    [InlineData(3, 999, 1, "tile/3/999.p/1")]
    [InlineData(1, 1_000, 255, "tile/1/x001/000.p/255")]
    [InlineData(7, 0, 64, "tile/7/000.p/64")]
    [InlineData(0, (1L << 54) - 1, 256, "tile/0/x018/x014/x398/x509/x481/983")]
    public void Path_OfTile_IsThatOfSpecificationBothWays(int level, long index, int width, string path)
    {
        var tile = new TileCoordinate(level, index);
        Assert.Equal(path, tile.ToPath(width));
        Assert.True(TileCoordinate.TryParsePath(path, out var parsed, out var parsedWidth, out var error), error);
        Assert.Equal((tile, width), (parsed, parsedWidth));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile//000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/x001000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/00a")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/x018/x014/x398/x509/x481/984")]
    [InlineData("tile/7/001")]
    [InlineData("tile/0/٠٠٠")]
    public void TryParsePath_AnythingElse_IsRefusedWithReason(string path)
    {
        Assert.False(TileCoordinate.TryParsePath(path, out _, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void TryParsePath_AnyTile_ComesBack() =>
        Gen.Select(Gen.Int[0, 6], Gen.Long[0, long.MaxValue], Gen.Int[1, 256]).Sample(
            (level, random, width) =>
            {
                var tile = new TileCoordinate(level, random & ((1L << (54 - (8 * level))) - 1));
                Assert.True(TileCoordinate.TryParsePath(tile.ToPath(width), out var parsed, out var parsedWidth, out var error), error);
                Assert.Equal((tile, width), (parsed, parsedWidth));
            },
            iter: TestScale.Times(500));

    // The example of the specification: 273 full tiles and one of 112, one full and one of 17, one of 1.
    [Theory]
    [InlineData(0, 272, 256)]
    [InlineData(0, 273, 112)]
    [InlineData(0, 274, 0)]
    [InlineData(1, 0, 256)]
    [InlineData(1, 1, 17)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 0)]
    public void WidthAt_TreeOf70000_IsThatOfSpecification(int level, long index, int width) =>
        Assert.Equal(width, new TileCoordinate(level, index).WidthAt(70_000));
}
