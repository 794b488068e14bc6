using System.Security.Cryptography;
using Dems.Core.Crypto;

namespace Dems.Storage.Tests.Replicas;

/// <summary>ES256 with a fresh key.</summary>
internal sealed class TestSigner : ISigner
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestSigner() => PublicKey = Es256.PublicKeyOf(_key);

    public PublicKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        lock (_key)
        {
            var signature = _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            Es256.MakeLowS(signature);
            return signature;
        }
    }
}

/// <summary>ES256, importing the key at each check.</summary>
internal sealed class TestVerifier : ISignatureVerifier
{
    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var imported = Es256.TryImport(key);
        return imported is not null && Es256.Verify(imported, message, signature);
    }
}
