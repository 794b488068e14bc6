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

    private static readonly int MessageSize = Domains.ResultSalt.Length + sizeof(long);

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
        Span<byte> message = stackalloc byte[MessageSize];
        var tag = System.Text.Encoding.ASCII.GetBytes(Domains.ResultSalt, message);
        BinaryPrimitives.WriteInt64BigEndian(message[tag..], index);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(seed, message, mac);
        return mac[..SaltSize].ToArray();
    }

    /// <summary>The salts 0 to <paramref name="count"/> − 1, one after the other: a block can have hundreds of thousands of rows, so eight are derived at a time.</summary>
    internal static byte[] DeriveAll(ReadOnlySpan<byte> seed, int count)
    {
        var salts = new byte[count * SaltSize];
        var hmac = new HmacLanes(seed);
        Span<byte> messages = stackalloc byte[HmacLanes.Lanes * MessageSize];
        Span<byte> macs = stackalloc byte[HmacLanes.Lanes * Hash32.Size];
        for (var first = 0; first < count; first += HmacLanes.Lanes)
        {
            for (var lane = 0; lane < HmacLanes.Lanes; lane++)
            {
                var message = messages.Slice(lane * MessageSize, MessageSize);
                var tag = System.Text.Encoding.ASCII.GetBytes(Domains.ResultSalt, message);
                BinaryPrimitives.WriteInt64BigEndian(message[tag..], first + lane);
            }

            hmac.Compute(messages, MessageSize, macs);
            for (var lane = 0; lane < Math.Min(HmacLanes.Lanes, count - first); lane++)
            {
                macs.Slice(lane * Hash32.Size, SaltSize).CopyTo(salts.AsSpan((first + lane) * SaltSize));
            }
        }

        return salts;
    }
}
