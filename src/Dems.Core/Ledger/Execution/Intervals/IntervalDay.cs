using System.Buffers.Binary;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// The intervals of one carrier that start on one UTC day, ascending: per interval offset (4), status (1), revision (4), since (8) and covered seconds (8),
/// big-endian.
/// </summary>
internal sealed class IntervalDay : IStateRecord
{
    private const int SlotSize = 25;

    private readonly List<IntervalSlot> _slots = [];

    public IReadOnlyList<IntervalSlot> Slots => _slots;

    /// <summary>The interval at an offset; null if nothing is known of it.</summary>
    public IntervalSlot? Find(int offset) => IndexOf(offset) is var at && at >= 0 ? _slots[at] : null;

    /// <summary>Adds an interval or replaces the one at its offset.</summary>
    public void Put(IntervalSlot slot)
    {
        var at = IndexOf(slot.Offset);
        if (at >= 0)
        {
            _slots[at] = slot;
        }
        else
        {
            _slots.Insert(~at, slot);
        }
    }

    public byte[] Encode()
    {
        var bytes = new byte[_slots.Count * SlotSize];
        for (var i = 0; i < _slots.Count; i++)
        {
            var at = bytes.AsSpan(i * SlotSize);
            BinaryPrimitives.WriteInt32BigEndian(at, _slots[i].Offset);
            at[4] = (byte)_slots[i].Status;
            BinaryPrimitives.WriteInt32BigEndian(at[5..], _slots[i].Revision);
            BinaryPrimitives.WriteInt64BigEndian(at[9..], _slots[i].Since);
            BinaryPrimitives.WriteInt64BigEndian(at[17..], _slots[i].Covered);
        }

        return bytes;
    }

    public static IntervalDay Decode(ReadOnlySpan<byte> bytes)
    {
        var day = new IntervalDay();
        for (; !bytes.IsEmpty; bytes = bytes[SlotSize..])
        {
            day._slots.Add(new IntervalSlot(
                BinaryPrimitives.ReadInt32BigEndian(bytes),
                (IntervalStatus)bytes[4],
                BinaryPrimitives.ReadInt32BigEndian(bytes[5..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[9..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[17..])));
        }

        return day;
    }

    private int IndexOf(int offset)
    {
        var (low, high) = (0, _slots.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_slots[middle].Offset == offset)
            {
                return middle;
            }

            if (_slots[middle].Offset < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
