using System.Security.Cryptography;
using System.Text;
using Dems.Core.Crypto;

namespace Dems.Simulation.World;

/// <summary>
/// Signs with a keyed hash: fast, and the same bytes in every run, which ES256 would not give. Nobody in the simulation breaks it: only the holder of a
/// signer signs in its name.
/// </summary>
internal sealed class KeyedHashSigner(string name) : ISigner
{
    public static ISignatureVerifier Verifier { get; } = new HashVerifier();

    public PublicKey PublicKey { get; } = new(SHA512.HashData(Encoding.UTF8.GetBytes(name)));

    public byte[] Sign(ReadOnlySpan<byte> message) => Mac(PublicKey, message);

    private static byte[] Mac(PublicKey key, ReadOnlySpan<byte> message)
    {
        var signature = HMACSHA512.HashData(key.Bytes, message);
        signature[32] &= 0x3F; // low-S, as every signature on the ledger
        return signature;
    }

    private sealed class HashVerifier : ISignatureVerifier
    {
        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature.SequenceEqual(Mac(key, message));
    }
}
