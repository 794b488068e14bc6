using System.Security.Cryptography;
using System.Text;
using Dems.Core.Crypto;

namespace Dems.Replication.Tests.Machine;

/// <summary>Signs with a keyed hash: not a signature, but deterministic and fast. The public key is derived from the name.</summary>
internal sealed class KeyedHash(string name) : ISigner
{
    public PublicKey PublicKey { get; } = new(SHA512.HashData(Encoding.UTF8.GetBytes(name)));

    public static ISignatureVerifier Verifier { get; } = new HashVerifier();

    public byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA512.HashData(PublicKey.Bytes, message);

    private sealed class HashVerifier : ISignatureVerifier
    {
        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => signature.SequenceEqual(HMACSHA512.HashData(key.Bytes, message));
    }
}
