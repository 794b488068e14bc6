using System.Security.Cryptography;
using CsCheck;
using Dems.Core.Crypto;
using Xunit;

namespace Dems.Core.Tests.Crypto;

public sealed class Sha256LanesTests
{
    private const int MaxBlocks = 4;
    private const int PlaceSize = MaxBlocks * Sha256Lanes.BlockSize;

    [Fact]
    public void HashEach_MessagesOfAnyLengths_IsSha256OfEach() =>
        Gen.Byte.Array[0, PlaceSize - 9].Array[1, Sha256Lanes.Lanes].Sample(
            messages =>
            {
                var padded = new byte[Sha256Lanes.Lanes * PlaceSize];
                var blocks = new int[messages.Length];
                for (var lane = 0; lane < messages.Length; lane++)
                {
                    blocks[lane] = Sha256Lanes.BlocksOf(messages[lane].Length);
                    var place = padded.AsSpan(lane * PlaceSize, blocks[lane] * Sha256Lanes.BlockSize);
                    messages[lane].CopyTo(place);
                    Sha256Lanes.Pad(place, messages[lane].Length);
                }

                var digests = new byte[messages.Length * Hash32.Size];
                Sha256Lanes.HashEach(padded, PlaceSize, blocks, digests);

                Assert.Equal(messages.SelectMany(SHA256.HashData), digests);
            },
            iter: TestScale.Times(200));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(55, 1)]
    [InlineData(56, 2)]
    [InlineData(119, 2)]
    [InlineData(120, 3)]
    public void BlocksOf_Length_LeavesRoomForThePadding(int length, int blocks) => Assert.Equal(blocks, Sha256Lanes.BlocksOf(length));
}
