using System.Security.Cryptography;
using System.Text;
using Dems.Core.Crypto;

namespace Dems.Core.Tests;

/// <summary>Signs with a keyed hash: not a signature, but deterministic, so that golden bytes repeat. The public key is derived from the name.</summary>
internal sealed class KeyedHashSigner(string name) : ISigner
{
    public PublicKey PublicKey { get; } = new(SHA512.HashData(Encoding.UTF8.GetBytes(name)));

    public byte[] Sign(ReadOnlySpan<byte> message) => Mac(PublicKey, message);

    public static ISignatureVerifier Verifier { get; } = new HashVerifier();

    private static byte[] Mac(PublicKey key, ReadOnlySpan<byte> message)
    {
        var signature = HMACSHA512.HashData(key.Bytes, message);
        signature[32] &= 0x7F; // s below 2²⁵⁵ and, for all practical purposes, below n/2
        if (signature[32] == 0x7F)
        {
            signature[32] = 0;
        }

        return signature;
    }

    private sealed class HashVerifier : ISignatureVerifier
    {
        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature.SequenceEqual(Mac(key, message));
    }
}
