using System.Security.Cryptography;
using Dems.Core.Crypto;

namespace Dems.Core.Tests;

/// <summary>Real ES256 with a fresh key.</summary>
internal sealed class EcdsaSigner : ISigner
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PublicKey PublicKey => Es256.PublicKeyOf(Key);

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = Key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Es256.MakeLowS(signature);
        return signature;
    }

    public static ISignatureVerifier Verifier { get; } = new EcdsaVerifier();

    private sealed class EcdsaVerifier : ISignatureVerifier
    {
        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            using var imported = Es256.TryImport(key);
            return imported is not null && Es256.Verify(imported, message, signature);
        }
    }
}
