using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Core.Crypto;

namespace Dems.Core.Ledger.Merkle;

/// <summary>
/// The salts that blind a block's result rows. Salt i is the first 16 bytes of HMAC-SHA256(seed, domain tag ‖ i as 8 bytes, big-endian). HMAC-SHA256 (RFC 2104) is a
/// pseudorandom function: who is shown some salts learns nothing about the seed or the others.
/// </summary>
public static class ResultSalts
{
    /// <summary>Length of a block's seed in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>Length of a salt in bytes: guessing a row behind its leaf hash means guessing 128 bits.</summary>
    public const int SaltSize = 16;

    /// <summary>The salt of a row.</summary>
    /// <param name="seed">32 bytes, secret to those who may not see all rows, used for one block only.</param>
    /// <param name="index">Position of the row in the block's results, from 0.</param>
    public static byte[] Derive(ReadOnlySpan<byte> seed, long index)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"A seed has {SeedSize} bytes, not {seed.Length}.", nameof(seed));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Span<byte> message = stackalloc byte[Domains.ResultSalt.Length + sizeof(long)];
        var tag = System.Text.Encoding.ASCII.GetBytes(Domains.ResultSalt, message);
        BinaryPrimitives.WriteInt64BigEndian(message[tag..], index);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(seed, message, mac);
        return mac[..SaltSize].ToArray();
    }
}
