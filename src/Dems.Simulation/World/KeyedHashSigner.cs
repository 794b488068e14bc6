using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dems.Core.Crypto;

namespace Dems.Simulation.World;

/// <summary>
/// Signs with a keyed hash: fast, and the same bytes in every run, which ES256 would not give. It mixes well but would not resist an attacker; the only liars
/// of the simulation are its own, and none of them tries to forge.
/// </summary>
internal sealed class KeyedHashSigner(string name) : ISigner
{
    private const int Words = 8;

    public static ISignatureVerifier Verifier { get; } = new HashVerifier();

    public PublicKey PublicKey { get; } = new(SHA512.HashData(Encoding.UTF8.GetBytes(name)));

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Words * sizeof(ulong)];
        Mac(PublicKey, message, signature);
        return signature;
    }

    private static void Mac(PublicKey key, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        var state = Absorb((ulong)message.Length, key.Bytes);
        state = Absorb(state, message);
        for (var i = 0; i < Words; i++)
        {
            state = Mix(state + 0x9E3779B97F4A7C15);
            BinaryPrimitives.WriteUInt64BigEndian(signature[(i * sizeof(ulong))..], state);
        }

        signature[32] &= 0x3F; // low-S, as every signature on the ledger
    }

    private static ulong Absorb(ulong state, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        var rest = (ulong)bytes.Length + 1;
        foreach (var b in bytes)
        {
            rest = (rest << 8) | b;
        }

        return Mix(state ^ rest);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) + 0x9E3779B97F4A7C15;
    }

    private sealed class HashVerifier : ISignatureVerifier
    {
        public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
        {
            Span<byte> expected = stackalloc byte[Words * sizeof(ulong)];
            Mac(key, message, expected);
            return signature.SequenceEqual(expected);
        }
    }
}
