using System.Runtime.Intrinsics;

namespace Dems.Core.Crypto;

/// <summary>HMAC-SHA256 (RFC 2104) of eight short messages at once under one key: the key's blocks are hashed once, so that a message costs two blocks.</summary>
internal readonly ref struct HmacLanes
{
    /// <summary>Messages per call.</summary>
    public const int Lanes = Sha256Lanes.Lanes;

    /// <summary>Longest message in bytes: one block with its padding.</summary>
    public const int MaxMessage = Sha256Lanes.BlockSize - 9;

    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    private readonly Vector256<uint>[] _inner;
    private readonly Vector256<uint>[] _outer;

    /// <summary>Takes a key of at most a block.</summary>
    public HmacLanes(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, Sha256Lanes.BlockSize);
        (_inner, _outer) = (StateAfter(key, InnerPad), StateAfter(key, OuterPad));
    }

    /// <summary>Writes eight codes of 32 bytes.</summary>
    /// <param name="messages">Eight messages, one after the other.</param>
    /// <param name="length">Length of each in bytes: 0…<see cref="MaxMessage"/>.</param>
    /// <param name="codes">Takes the codes.</param>
    public void Compute(ReadOnlySpan<byte> messages, int length, Span<byte> codes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxMessage);
        Span<Vector256<uint>> state = stackalloc Vector256<uint>[Sha256Lanes.StateWords];
        Finish(_inner, messages, length, state, codes);
        Finish(_outer, codes, Hash32.Size, state, codes);
    }

    private static Vector256<uint>[] StateAfter(ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[Sha256Lanes.BlockSize];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }

        var state = new Vector256<uint>[Sha256Lanes.StateWords];
        Sha256Lanes.Start(state);
        Sha256Lanes.Absorb(state, block, stride: 0);
        return state;
    }

    // One more block after the key's, whose length counts.
    private static void Finish(ReadOnlySpan<Vector256<uint>> from, ReadOnlySpan<byte> messages, int length, Span<Vector256<uint>> state, Span<byte> digests)
    {
        Span<byte> blocks = stackalloc byte[Lanes * Sha256Lanes.BlockSize];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var block = blocks.Slice(lane * Sha256Lanes.BlockSize, Sha256Lanes.BlockSize);
            messages.Slice(lane * length, length).CopyTo(block);
            Sha256Lanes.Pad(block, length, before: Sha256Lanes.BlockSize);
        }

        from.CopyTo(state);
        Sha256Lanes.Absorb(state, blocks, Sha256Lanes.BlockSize);
        for (var lane = 0; lane < Lanes; lane++)
        {
            Sha256Lanes.WriteDigest(state, lane, digests[(lane * Hash32.Size)..]);
        }
    }
}
