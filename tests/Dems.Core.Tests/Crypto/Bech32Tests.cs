using CsCheck;
using Dems.Core.Crypto;
using Xunit;

namespace Dems.Core.Tests.Crypto;

public sealed class Bech32Tests
{
    private const string Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    // The valid strings of BIP 173, with their data as bytes.
    [Theory]
    [InlineData("a12uel5l", "a", "")]
    [InlineData("?1ezyfcl", "?", "")]
    [InlineData("an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs", "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", "")]
    [InlineData("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", "00443214c74254b635cf84653a56d7c675be77df")]
    [InlineData("split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w", "split", "c5f38b70305f519bf66d85fb6cf03058f3dde463ecd7918f2dc743918f2d")]
    [InlineData("11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j", "1", "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void Encode_Bip173ValidString_IsWrittenAndReadInEitherCase(string text, string prefix, string hex)
    {
        var data = Convert.FromHexString(hex);
        Assert.Equal(text, Bech32.Encode(prefix, data));
        Assert.True(Bech32.TryDecode(text, prefix, out var decoded, out var error), error);
        Assert.Equal(data, decoded);
        Assert.True(Bech32.TryDecode(text.ToUpperInvariant(), prefix, out decoded, out error), error);
        Assert.Equal(data, decoded);
    }

    // The invalid strings of BIP 173 that an expected prefix does not exclude by itself.
    [Theory]
    [InlineData("an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx", "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio", "longer than 90")]
    [InlineData("pzry9x0s0muk", "", "does not start")]
    [InlineData("1pzry9x0s0muk", "", "does not start")]
    [InlineData("10a06t8", "", "does not start")]
    [InlineData("1qzzfhee", "", "does not start")]
    [InlineData("x1b4n0q5v", "x", "'b' at position 3")]
    [InlineData("li1dgmt3", "li", "checksum")]
    [InlineData("de1lg7wt\u00ff", "de", "not a bech32 character")]
    [InlineData("A1G7SGD8", "a", "checksum")]
    [InlineData("a12UEL5L", "a", "mixes")]
    [InlineData("a12uel5l", "b", "does not start")]
    [InlineData("", "a", "does not start")]
    public void TryDecode_Bip173InvalidString_IsRefusedWithReason(string text, string prefix, string reason)
    {
        Assert.False(Bech32.TryDecode(text, prefix, out var data, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(data);
    }

    [Fact]
    public void Encode_AnyData_IsThatOfSpecificationAndComesBack() =>
        Gen.Byte.Array[0, 49].Sample(
            data =>
            {
                var text = Bech32.Encode("dems", data);
                Assert.Equal(Reference("dems", Symbols(data)), text);
                Assert.True(Bech32.TryDecode(text, "dems", out var decoded, out var error), error);
                Assert.Equal(data, decoded);
            },
            iter: TestScale.Times(300));

    [Fact]
    public void TryDecode_UpToFourWrongCharacters_IsRefused() =>
        Gen.Select(Gen.Byte.Array[20], Gen.Select(Gen.Int[5, 42], Gen.Int[1, 31]).Array[1, 4]).Sample(
            (data, errors) =>
            {
                var text = Bech32.Encode("dems", data).ToCharArray();
                foreach (var (at, shift) in errors.DistinctBy(error => error.Item1))
                {
                    text[at] = Alphabet[(Alphabet.IndexOf(text[at], StringComparison.Ordinal) + shift) % 32];
                }

                Assert.False(Bech32.TryDecode(new string(text), "dems", out _, out var reason));
                Assert.Contains("checksum", reason, StringComparison.Ordinal);
            },
            iter: TestScale.Times(1_000));

    [Theory]
    [InlineData(new byte[] { 0, 1 })]
    [InlineData(new byte[] { 31, 31 })]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0, 0, 0 })]
    public void TryDecode_RightChecksumOverWrongPadding_IsRefused(byte[] symbols)
    {
        Assert.False(Bech32.TryDecode(Reference("dems", symbols), "dems", out _, out var error));
        Assert.Contains("padding", error, StringComparison.Ordinal);
    }

    private static byte[] Symbols(byte[] data)
    {
        var bits = string.Concat(data.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        return [.. bits.Chunk(5).Select(chunk => Convert.ToByte(new string(chunk).PadRight(5, '0'), 2))];
    }

    // The checksum as polynomial division over GF(32), the field being GF(2)[x]/(x⁵ + x³ + 1), with the generator of BIP 173.
    private static string Reference(string prefix, byte[] symbols)
    {
        int[] generator = [1, 29, 22, 20, 21, 29, 18];
        int[] word = [1, .. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31), .. symbols.Select(symbol => (int)symbol), 0, 0, 0, 0, 0, 0];
        for (var i = 0; i + 6 < word.Length; i++)
        {
            var factor = word[i];
            for (var j = 0; j < generator.Length; j++)
            {
                word[i + j] ^= Multiply(factor, generator[j]);
            }
        }

        word[^1] ^= 1;
        return $"{prefix}1{string.Concat(symbols.Select(symbol => Alphabet[symbol]))}{string.Concat(word[^6..].Select(symbol => Alphabet[symbol]))}";
    }

    private static int Multiply(int a, int b)
    {
        var product = 0;
        for (var bit = 0; bit < 5; bit++)
        {
            product ^= (b >> bit & 1) * (a << bit);
        }

        for (var bit = 9; bit >= 5; bit--)
        {
            product ^= (product >> bit & 1) * (0b101001 << (bit - 5));
        }

        return product;
    }
}
