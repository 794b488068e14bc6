using System.Security.Cryptography;

namespace Dems.Core.Crypto;

/// <summary>
/// ES256 (RFC 9053 §2.1: ECDSA P-256 with SHA-256, signature r ‖ s) with the additional rule that s ≤ n/2. ECDSA accepts (r, s) and (r, n − s)
/// alike; without the rule anyone could give a signed entry a second leaf hash.
/// </summary>
public static class Es256
{
    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    // n/2 and n of P-256 (SEC 2 §2.4.2), big-endian.
    private static readonly byte[] HalfOrder = Convert.FromHexString("7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8");
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    /// <summary>Whether s is in the lower half of the order. False for any other length than 64.</summary>
    public static bool IsLowS(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && signature[32..].SequenceCompareTo(HalfOrder) <= 0;

    /// <summary>Replaces s by n − s where s is in the upper half: the same signature in its canonical form. Returns whether it changed anything.</summary>
    public static bool MakeLowS(Span<byte> signature)
    {
        if (signature.Length != SignatureSize || IsLowS(signature) || signature[32..].SequenceCompareTo(Order) >= 0)
        {
            return false;
        }

        var borrow = 0;
        for (var i = 31; i >= 0; i--)
        {
            var difference = Order[i] - signature[32 + i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            signature[32 + i] = (byte)(difference & 0xFF);
        }

        return true;
    }

    /// <summary>Imports a public key; null if the point is not on the curve.</summary>
    public static ECDsa? TryImport(PublicKey key)
    {
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key.Bytes[..32].ToArray(), Y = key.Bytes[32..].ToArray() },
        };
        try
        {
            return ECDsa.Create(parameters);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The public half of a key pair as X ‖ Y.</summary>
    public static PublicKey PublicKeyOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        point.X.CopyTo(bytes);
        point.Y.CopyTo(bytes[32..]);
        return new PublicKey(bytes);
    }

    /// <summary>Whether a signature is canonical and valid under an imported key.</summary>
    public static bool Verify(ECDsa key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        IsLowS(signature) && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
