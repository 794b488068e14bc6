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

    private readonly byte[] _messages = new byte[Sha256Lanes.Lanes * MessageSize];

    public TieOrder(AllocationInterval interval) => Set(interval);

    /// <summary>Counts the intervals, so that what was computed for another one is not taken for this one's.</summary>
    public int Generation { get; private set; }

    /// <summary>Turns to another interval.</summary>
    public void Set(AllocationInterval interval)
    {
        Generation = unchecked(Generation + 1);
        for (var lane = 0; lane < Sha256Lanes.Lanes; lane++)
        {
            var message = _messages.AsSpan(lane * MessageSize, MessageSize);
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

    /// <summary>The first eight bytes of the places of some addresses, computed eight at a time: they order most of them.</summary>
    public void FirstWordsOf(ReadOnlySpan<NodeAddress> addresses, ReadOnlySpan<int> chosen, Span<ulong> words)
    {
        Span<ulong> lanes = stackalloc ulong[Sha256Lanes.Lanes];
        for (var first = 0; first < chosen.Length; first += Sha256Lanes.Lanes)
        {
            var count = Math.Min(Sha256Lanes.Lanes, chosen.Length - first);
            for (var lane = 0; lane < count; lane++)
            {
                addresses[chosen[first + lane]].CopyTo(_messages.AsSpan(lane * MessageSize + PrefixSize));
            }

            Sha256Lanes.FirstWords(_messages, lanes);
            lanes[..count].CopyTo(words[first..]);
        }
    }

    /// <summary>The chosen places, sorted by the order.</summary>
    public int[] Sorted(NodeAddress[] addresses, ReadOnlySpan<int> chosen)
    {
        var words = new ulong[chosen.Length];
        FirstWordsOf(addresses, chosen, words);
        return [.. chosen.ToArray().Zip(words).OrderBy(x => x.Second).ThenBy(x => x, Comparer<(int First, ulong Second)>.Create(
            (x, y) => x.Second == y.Second ? KeyOf(addresses[x.First]).CompareTo(KeyOf(addresses[y.First])) : 0)).Select(x => x.First)];
    }
}
