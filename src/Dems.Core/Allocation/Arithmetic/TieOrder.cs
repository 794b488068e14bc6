using System.Buffers.Binary;
using Dems.Core.Crypto;
using Dems.Core.Energy;

namespace Dems.Core.Allocation.Arithmetic;

/// <summary>
/// Who comes first when arithmetic leaves a choice: ascending SHA-256(pool ‖ interval ‖ address), the interval written as its start (8 bytes) and its duration
/// in seconds (4 bytes), both big-endian. Nobody can choose its place, and every interval shuffles anew, so that no address is favoured.
/// </summary>
internal sealed class TieOrder
{
    private const int PrefixSize = Hash32.Size + sizeof(long) + sizeof(int);
    private const int MessageSize = PrefixSize + NodeAddress.Size;
    private const int Blocks = 2;
    private const int Stride = Blocks * Sha256Lanes.BlockSize;

    private readonly byte[] _messages = new byte[Sha256Lanes.Lanes * Stride];
    private readonly byte[] _digests = new byte[Sha256Lanes.Lanes * Hash32.Size];

    public TieOrder(AllocationInterval interval) => Set(interval);

    /// <summary>Turns to another interval.</summary>
    public void Set(AllocationInterval interval)
    {
        for (var lane = 0; lane < Sha256Lanes.Lanes; lane++)
        {
            var message = _messages.AsSpan(lane * Stride, Stride);
            Sha256Lanes.Pad(message, MessageSize);
            interval.Pool.Value.CopyTo(message);
            BinaryPrimitives.WriteInt64BigEndian(message[Hash32.Size..], interval.Start);
            BinaryPrimitives.WriteInt32BigEndian(message[(Hash32.Size + sizeof(long))..], interval.Duration);
        }
    }

    /// <summary>The place of one address.</summary>
    public Hash32 KeyOf(NodeAddress address)
    {
        Span<byte> message = stackalloc byte[MessageSize];
        _messages.AsSpan(0, PrefixSize).CopyTo(message);
        address.CopyTo(message[PrefixSize..]);
        return Hash32.Of(message);
    }

    /// <summary>The places of some addresses, eight at a time.</summary>
    public void KeysOf(ReadOnlySpan<NodeAddress> addresses, ReadOnlySpan<int> chosen, Span<Hash32> keys)
    {
        for (var first = 0; first < chosen.Length; first += Sha256Lanes.Lanes)
        {
            var count = Math.Min(Sha256Lanes.Lanes, chosen.Length - first);
            for (var lane = 0; lane < count; lane++)
            {
                addresses[chosen[first + lane]].CopyTo(_messages.AsSpan(lane * Stride + PrefixSize));
            }

            Sha256Lanes.Hash(_messages, Blocks, _digests);
            for (var lane = 0; lane < count; lane++)
            {
                keys[first + lane] = new Hash32(_digests.AsSpan(lane * Hash32.Size, Hash32.Size));
            }
        }
    }

    /// <summary>The chosen places, sorted by the order.</summary>
    public int[] Sorted(ReadOnlySpan<NodeAddress> addresses, ReadOnlySpan<int> chosen)
    {
        var keys = new Hash32[chosen.Length];
        KeysOf(addresses, chosen, keys);
        var sorted = chosen.ToArray();
        Array.Sort(keys, sorted);
        return sorted;
    }
}
