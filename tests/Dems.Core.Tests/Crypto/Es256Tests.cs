using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Dems.Core.Crypto;
using Xunit;

namespace Dems.Core.Tests.Crypto;

public sealed class Es256Tests
{
    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    // RFC 6979 §A.2.5: key and the signatures with SHA-256 over "sample" (s in the upper half) and "test" (in the lower).
    private static readonly PublicKey Key = new(Convert.FromHexString(
        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6" + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"));

    private static readonly byte[] OverSample = Convert.FromHexString(
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716" + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");

    private static readonly byte[] OverTest = Convert.FromHexString(
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367" + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083");

    [Fact]
    public void Verify_Rfc6979Signatures_AcceptsOnlyLowS()
    {
        using var key = Es256.TryImport(Key)!;
        Assert.True(Es256.Verify(key, "test"u8, OverTest));
        Assert.False(Es256.Verify(key, "sample"u8, OverTest));

        // ECDSA itself accepts the other one: only the additional rule refuses it.
        Assert.True(key.VerifyData("sample"u8, OverSample, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        Assert.False(Es256.Verify(key, "sample"u8, OverSample));
        var canonical = (byte[])OverSample.Clone();
        Assert.True(Es256.MakeLowS(canonical));
        Assert.True(Es256.Verify(key, "sample"u8, canonical));
    }

    [Fact]
    public void MakeLowS_AnySBelowOrder_GivesSmallerOfSAndNegation() =>
        Gen.Byte.Array[64].Sample(
            signature =>
            {
                var s = new BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
                var expected = s < Order ? BigInteger.Min(s, Order - s) : s;
                var changed = (byte[])signature.Clone();
                Assert.Equal(s != expected, Es256.MakeLowS(changed));
                Assert.Equal(expected, new BigInteger(changed.AsSpan(32), isUnsigned: true, isBigEndian: true));
                Assert.Equal(signature[..32], changed[..32]);
                Assert.Equal(s < Order, Es256.IsLowS(changed));
                Assert.False(Es256.MakeLowS(changed));
            },
            iter: TestScale.Times(500));

    [Fact]
    public void IsLowS_AroundHalfOrder_TurnsThere()
    {
        Assert.True(Es256.IsLowS(WithS(0)));
        Assert.True(Es256.IsLowS(WithS(Order / 2)));
        Assert.False(Es256.IsLowS(WithS((Order / 2) + 1)));
        Assert.False(Es256.IsLowS(WithS(Order - 1)));
        Assert.False(Es256.IsLowS(WithS(Order)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void Verify_WrongLength_IsRefused(int length)
    {
        using var key = Es256.TryImport(Key)!;
        Assert.False(Es256.IsLowS(new byte[length]));
        Assert.False(Es256.MakeLowS(new byte[length]));
        Assert.False(Es256.Verify(key, "test"u8, new byte[length]));
    }

    [Fact]
    public void Verify_EverySingleBitFlipped_IsRefused()
    {
        using var key = Es256.TryImport(Key)!;
        for (var bit = 0; bit < 8 * Es256.SignatureSize; bit++)
        {
            var wrong = (byte[])OverTest.Clone();
            wrong[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Es256.Verify(key, "test"u8, wrong));
        }
    }

    [Fact]
    public void Verify_FreshKeyAndSignature_IsAcceptedInCanonicalForm()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = Es256.TryImport(Es256.PublicKeyOf(pair))!;
        for (var i = 0; i < 20; i++)
        {
            var message = Encoding.UTF8.GetBytes($"message {i}");
            var signature = pair.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            _ = Es256.MakeLowS(signature);
            Assert.True(Es256.Verify(key, message, signature));
        }
    }

    [Fact]
    public void TryImport_PointOffCurve_IsNull()
    {
        var bytes = Key.Bytes.ToArray();
        bytes[63] ^= 1;
        Assert.Null(Es256.TryImport(new PublicKey(bytes)));
        Assert.Null(Es256.TryImport(new PublicKey(new byte[64])));
    }

    private static byte[] WithS(BigInteger s)
    {
        var signature = new byte[64];
        var bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(signature.AsSpan(64 - bytes.Length));
        return signature;
    }
}
