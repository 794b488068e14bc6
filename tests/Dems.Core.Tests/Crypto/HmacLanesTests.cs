using System.Security.Cryptography;
using CsCheck;
using Dems.Core.Crypto;
using Xunit;

namespace Dems.Core.Tests.Crypto;

public sealed class HmacLanesTests
{
    [Fact]
    public void Compute_AnyKeyAndMessages_IsHmacOfEach() =>
        (from key in Gen.Byte.Array[0, Sha256Lanes.BlockSize]
         from length in Gen.Int[0, HmacLanes.MaxMessage]
         from messages in Gen.Byte.Array[length].Array[HmacLanes.Lanes]
         select (key, length, messages)).Sample(
            (key, length, messages) =>
            {
                var codes = new byte[HmacLanes.Lanes * Hash32.Size];
                new HmacLanes(key).Compute(messages.SelectMany(message => message).ToArray(), length, codes);

                Assert.Equal(messages.SelectMany(message => HMACSHA256.HashData(key, message)), codes);
            },
            iter: TestScale.Times(200));

    [Fact]
    public void Compute_MessageBeyondOneBlock_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new HmacLanes([1]).Compute(new byte[HmacLanes.Lanes * (HmacLanes.MaxMessage + 1)], HmacLanes.MaxMessage + 1, new byte[HmacLanes.Lanes * Hash32.Size]));
}
