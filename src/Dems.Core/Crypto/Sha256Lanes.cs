using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Dems.Core.Crypto;

/// <summary>
/// SHA-256 (FIPS 180-4) of eight short messages of equal length at once, one per lane of a vector. A platform call per message costs some 400 ns whatever
/// its length, which would make the hashes of a batch's small tree dearer than its signature; eight lanes share one pass of the rounds.
/// </summary>
internal static class Sha256Lanes
{
    /// <summary>Messages per call.</summary>
    public const int Lanes = 8;

    /// <summary>Length of a block in bytes.</summary>
    public const int BlockSize = 64;

    private const int ScheduleWords = 16;
    private const int Rounds = 64;

    /// <summary>Words of the state between two blocks.</summary>
    public const int StateWords = 8;

    // FIPS 180-4 §5.3.3.
    private static readonly uint[] Initial =
    [
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
    ];

    // FIPS 180-4 §4.2.2.
    private static readonly uint[] RoundConstants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    // Round constants and schedule of the padding after one block, added.
    private static readonly uint[] PaddingRounds = PaddingSchedule();

    /// <summary>Writes the end of a message (FIPS 180-4 §5.1.1) into its last block: a 1 bit after the message, zeros, its length in bits.</summary>
    /// <param name="message">A whole number of blocks.</param>
    /// <param name="length">Length of the message in bytes; at least 9 bytes must be left.</param>
    /// <param name="before">Bytes that were hashed before and count in its length.</param>
    public static void Pad(Span<byte> message, int length, int before = 0)
    {
        message[length..].Clear();
        message[length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(message[^sizeof(long)..], 8L * (before + length));
    }

    /// <summary>Blocks that a message of some length takes with its padding.</summary>
    public static int BlocksOf(int length) => (length + 1 + sizeof(long) + BlockSize - 1) / BlockSize;

    /// <summary>Hashes eight padded messages that stand one after the other, each of <paramref name="blocks"/> blocks; writes eight digests of 32 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> messages, int blocks, Span<byte> digests)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Start(state);
        for (var block = 0; block < blocks; block++)
        {
            Absorb(state, messages[(block * BlockSize)..], blocks * BlockSize);
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            WriteDigest(state, lane, digests[(lane * Hash32.Size)..]);
        }
    }

    /// <summary>Hashes up to eight padded messages of different lengths; writes a digest of 32 bytes for each.</summary>
    /// <param name="messages">Eight places of equal size for the messages, one after the other.</param>
    /// <param name="size">Size of a place in bytes: at least that of the longest message.</param>
    /// <param name="blocks">Length of each message in blocks, at least 1; as many as there are messages.</param>
    /// <param name="digests">Takes the digests, one after the other.</param>
    public static void HashEach(ReadOnlySpan<byte> messages, int size, ReadOnlySpan<int> blocks, Span<byte> digests)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Start(state);
        var longest = 0;
        foreach (var length in blocks)
        {
            longest = Math.Max(longest, length);
        }

        for (var block = 0; block < longest; block++)
        {
            Absorb(state, messages[(block * BlockSize)..], size);
            for (var lane = 0; lane < blocks.Length; lane++)
            {
                if (blocks[lane] == block + 1)
                {
                    WriteDigest(state, lane, digests[(lane * Hash32.Size)..]);
                }
            }
        }
    }

    /// <summary>Sets a state of eight words to the beginning of a hash.</summary>
    public static void Start(Span<Vector256<uint>> state)
    {
        for (var i = 0; i < StateWords; i++)
        {
            state[i] = Vector256.Create(Initial[i]);
        }
    }

    /// <summary>Takes one block of each message into the state (FIPS 180-4 §6.2.2); the messages' blocks stand <paramref name="stride"/> bytes apart.</summary>
    public static void Absorb(Span<Vector256<uint>> state, ReadOnlySpan<byte> messages, int stride)
    {
        // The schedule is a ring of 16 words.
        Span<Vector256<uint>> w = stackalloc Vector256<uint>[ScheduleWords];
        for (var t = 0; t < ScheduleWords; t++)
        {
            w[t] = Load(messages, stride, t * sizeof(uint));
        }

        Span<Vector256<uint>> rounds = stackalloc Vector256<uint>[Rounds];
        for (var t = 0; t < ScheduleWords; t++)
        {
            rounds[t] = Vector256.Create(RoundConstants[t]) + w[t];
        }

        for (var t = ScheduleWords; t < Rounds; t++)
        {
            var (w2, w15) = (w[(t - 2) & 15], w[(t - 15) & 15]);
            var sigma0 = Rotate(w15, 7) ^ Rotate(w15, 18) ^ Vector256.ShiftRightLogical(w15, 3);
            var sigma1 = Rotate(w2, 17) ^ Rotate(w2, 19) ^ Vector256.ShiftRightLogical(w2, 10);
            w[t & 15] += sigma0 + w[(t - 7) & 15] + sigma1;
            rounds[t] = Vector256.Create(RoundConstants[t]) + w[t & 15];
        }

        Compress(state, rounds);
    }

    /// <summary>Writes the 32 bytes of one lane.</summary>
    public static void WriteDigest(ReadOnlySpan<Vector256<uint>> state, int lane, Span<byte> digest)
    {
        for (var i = 0; i < StateWords; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(digest[(i * sizeof(uint))..], state[i][lane]);
        }
    }

    /// <summary>Hashes eight messages of exactly one block that stand one after the other; writes the first eight bytes of each digest as a big-endian number.</summary>
    public static void FirstWords(ReadOnlySpan<byte> messages, Span<ulong> words)
    {
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        Start(state);
        Absorb(state, messages, BlockSize);
        AbsorbPadding(state);
        for (var lane = 0; lane < Lanes; lane++)
        {
            words[lane] = (ulong)state[0][lane] << 32 | state[1][lane];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Load(ReadOnlySpan<byte> messages, int stride, int offset) => Vector256.Create(
        BinaryPrimitives.ReadUInt32BigEndian(messages[offset..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 2 * stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 3 * stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 4 * stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 5 * stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 6 * stride)..]),
        BinaryPrimitives.ReadUInt32BigEndian(messages[(offset + 7 * stride)..]));

    // The block after a message of one block is the same for all messages, and so is its schedule.
    private static void AbsorbPadding(Span<Vector256<uint>> state)
    {
        Span<Vector256<uint>> rounds = stackalloc Vector256<uint>[Rounds];
        for (var t = 0; t < Rounds; t++)
        {
            rounds[t] = Vector256.Create(PaddingRounds[t]);
        }

        Compress(state, rounds);
    }

    // Eight rounds at a time, after which each variable has its own place again.
    private static void Compress(Span<Vector256<uint>> state, ReadOnlySpan<Vector256<uint>> words)
    {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        for (; words.Length >= StateWords; words = words[StateWords..])
        {
            Round(a, b, c, ref d, e, f, g, ref h, words[0]);
            Round(h, a, b, ref c, d, e, f, ref g, words[1]);
            Round(g, h, a, ref b, c, d, e, ref f, words[2]);
            Round(f, g, h, ref a, b, c, d, ref e, words[3]);
            Round(e, f, g, ref h, a, b, c, ref d, words[4]);
            Round(d, e, f, ref g, h, a, b, ref c, words[5]);
            Round(c, d, e, ref f, g, h, a, ref b, words[6]);
            Round(b, c, d, ref e, f, g, h, ref a, words[7]);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    // d becomes the next e, h the next a. Vector arithmetic wraps around, as the standard wants.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        Vector256<uint> a,
        Vector256<uint> b,
        Vector256<uint> c,
        ref Vector256<uint> d,
        Vector256<uint> e,
        Vector256<uint> f,
        Vector256<uint> g,
        ref Vector256<uint> h,
        Vector256<uint> word)
    {
        var first = h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + (g ^ (e & (f ^ g))) + word;
        d += first;
        h = first + (Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) ^ (c & (a ^ b)));
    }

    private static uint[] PaddingSchedule()
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(block[^sizeof(long)..], 8L * BlockSize);
        var w = new uint[RoundConstants.Length];
        for (var t = 0; t < w.Length; t++)
        {
            w[t] = unchecked(t < 16
                ? BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..])
                : w[t - 16] + w[t - 7]
                    + (uint.RotateRight(w[t - 15], 7) ^ uint.RotateRight(w[t - 15], 18) ^ w[t - 15] >> 3)
                    + (uint.RotateRight(w[t - 2], 17) ^ uint.RotateRight(w[t - 2], 19) ^ w[t - 2] >> 10));
        }

        for (var t = 0; t < w.Length; t++)
        {
            w[t] = unchecked(w[t] + RoundConstants[t]);
        }

        return w;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte bits) => Avx512F.VL.IsSupported
        ? Avx512F.VL.RotateRight(x, bits)
        : Vector256.ShiftRightLogical(x, bits) | Vector256.ShiftLeft(x, 32 - bits);
}
