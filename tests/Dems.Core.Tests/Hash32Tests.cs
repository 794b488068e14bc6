using System.Security.Cryptography;
using CsCheck;
using Xunit;

namespace Dems.Core.Tests;

public sealed class Hash32Tests
{
    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[32];

    // FIPS 180-4 examples.
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("616263", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Of_PublishedMessage_IsPublishedDigest(string hex, string digest) =>
        Assert.Equal(digest, Hash32.Of(Convert.FromHexString(hex)).ToString());

    [Fact]
    public void ToArray_AnyBytes_ComesBack() =>
        Bytes.Sample(
            bytes =>
            {
                var hash = new Hash32(bytes);
                Assert.Equal(bytes, hash.ToArray());
                Assert.Equal(Convert.ToHexStringLower(bytes), hash.ToString());
                Assert.True(Hash32.TryParse(hash.ToString(), out var lower));
                Assert.True(Hash32.TryParse(hash.ToString().ToUpperInvariant(), out var upper));
                Assert.Equal((hash, hash), (lower, upper));
            },
            iter: TestScale.Times(200));

    [Fact]
    public void CompareTo_AnyPair_IsThatOfBytes() =>
        Gen.Select(Bytes, Bytes, Gen.Int[0, 32]).Sample(
            (x, y, shared) =>
            {
                // Random hashes differ in the first byte: the shared prefix makes the later words decide.
                x.AsSpan(0, shared).CopyTo(y);
                var (a, b) = (new Hash32(x), new Hash32(y));
                var order = x.AsSpan().SequenceCompareTo(y);
                Assert.Equal(Math.Sign(order), Math.Sign(a.CompareTo(b)));
                Assert.Equal(Math.Sign(-order), Math.Sign(b.CompareTo(a)));
                Assert.Equal(order == 0, a == b);
                Assert.Equal(order != 0, a != b);
                Assert.Equal(order == 0, a.Equals((object)b));
            },
            iter: TestScale.Times(500));

    [Fact]
    public void Bit_EachIndex_CountsFromMostSignificant() =>
        Bytes.Sample(
            bytes =>
            {
                var hash = new Hash32(bytes);
                var bits = string.Concat(bytes.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
                Assert.Equal(bits, string.Concat(Enumerable.Range(0, 256).Select(i => hash.Bit(i) ? '1' : '0')));
            },
            iter: TestScale.Times(50));

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Bit_OutsideHash_Throws(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => Hash32.Zero.Bit(index));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Constructor_WrongLength_Throws(int length) => Assert.Throws<ArgumentException>(() => new Hash32(new byte[length]));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550")]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(" 3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(Hash32.TryParse(text, out var hash));
        Assert.True(hash.IsZero);
    }

    [Fact]
    public void Zero_IsDefaultAndOnlyZero()
    {
        Assert.Equal(default, Hash32.Zero);
        Assert.True(Hash32.Zero.IsZero);
        for (var i = 0; i < 32; i++)
        {
            var bytes = new byte[32];
            bytes[i] = 1;
            Assert.False(new Hash32(bytes).IsZero);
        }
    }

    [Fact]
    public void GetHashCode_IsFirstFourBytes_InEveryProcess() =>
        Assert.Equal(0x01020304, new Hash32([1, 2, 3, 4, .. SHA256.HashData([])[..28]]).GetHashCode());
}
