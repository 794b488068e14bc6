using System.Security.Cryptography;
using Dems.Core.Crypto;

namespace Dems.Grains.Crypto;

/// <summary>Signs ES256 with low S with a key held in memory. Safe for concurrent use.</summary>
public sealed class Es256Signer : ISigner, IDisposable
{
    private readonly ECDsa _key;
    private readonly Lock _gate = new();

    /// <summary>Takes the key over; it is disposed with the signer.</summary>
    /// <exception cref="ArgumentException">The key is not on P-256.</exception>
    public Es256Signer(ECDsa key)
    {
        if (key.KeySize != 256)
        {
            throw new ArgumentException($"ES256 needs a P-256 key, not one of {key.KeySize} bits.", nameof(key));
        }

        _key = key;
        PublicKey = Es256.PublicKeyOf(key);
    }

    /// <inheritdoc/>
    public PublicKey PublicKey { get; }

    /// <summary>A signer with a fresh key.</summary>
    public static Es256Signer Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] signature;

        // ECDsa promises no thread safety, and one key rarely signs from two threads at once.
        lock (_gate)
        {
            signature = _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }

        Es256.MakeLowS(signature);
        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
