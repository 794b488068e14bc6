using System.Buffers.Binary;
using Dems.Core.Energy;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// The readings of one register that start on one UTC day, ascending and without overlap. Written as maximal runs of adjacent intervals with equal duration,
/// quality and revision: offset (4), duration (4), revision (2), count (2), quality (1), width (1), then count quantities of width bytes, the fewest of 1, 2, 4
/// and 8 that hold the largest. All big-endian. The runs are a function of the readings, not of the batches that brought them.
/// </summary>
internal sealed class DayBucket : IStateRecord
{
    private const int RunHeader = 14;

    private readonly List<ReadingSlot> _slots = [];

    public int Count => _slots.Count;

    public ReadingSlot this[int index] => _slots[index];

    public ReadingSlot Last => _slots[^1];

    /// <summary>Index of the first slot that starts at or after an offset.</summary>
    public int LowerBound(int offset)
    {
        var (low, high) = (0, _slots.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_slots[middle].Offset < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Inserts a slot, or replaces the one that starts at the same offset and returns that.</summary>
    public ReadingSlot? Put(in ReadingSlot slot)
    {
        if (_slots.Count == 0 || slot.Offset > _slots[^1].Offset)
        {
            _slots.Add(slot);
            return null;
        }

        var index = LowerBound(slot.Offset);
        var found = _slots[index];
        if (found.Offset == slot.Offset)
        {
            _slots[index] = slot;
            return found;
        }

        _slots.Insert(index, slot);
        return null;
    }

    public byte[] Encode()
    {
        var runs = Runs();
        var bytes = new byte[runs.Sum(run => RunHeader + run.Count * run.Width)];
        var rest = bytes.AsSpan();
        foreach (var (first, count, width) in runs)
        {
            var slot = _slots[first];
            BinaryPrimitives.WriteInt32BigEndian(rest, slot.Offset);
            BinaryPrimitives.WriteInt32BigEndian(rest[4..], slot.Duration);
            BinaryPrimitives.WriteUInt16BigEndian(rest[8..], (ushort)slot.Revision);
            BinaryPrimitives.WriteUInt16BigEndian(rest[10..], (ushort)count);
            rest[12] = (byte)slot.Quality;
            rest[13] = (byte)width;
            rest = rest[RunHeader..];
            for (var i = 0; i < count; i++)
            {
                WriteQuantity(rest, _slots[first + i].Quantity, width);
                rest = rest[width..];
            }
        }

        return bytes;
    }

    public static DayBucket Decode(ReadOnlySpan<byte> bytes)
    {
        var bucket = new DayBucket();
        while (!bytes.IsEmpty)
        {
            var offset = BinaryPrimitives.ReadInt32BigEndian(bytes);
            var duration = BinaryPrimitives.ReadInt32BigEndian(bytes[4..]);
            var revision = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
            var count = BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
            var quality = (Quality)bytes[12];
            var width = bytes[13];
            bytes = bytes[RunHeader..];
            for (var i = 0; i < count; i++)
            {
                bucket._slots.Add(new ReadingSlot(offset + i * duration, duration, ReadQuantity(bytes, width), quality, revision));
                bytes = bytes[width..];
            }
        }

        return bucket;
    }

    private List<(int First, int Count, int Width)> Runs()
    {
        var runs = new List<(int First, int Count, int Width)>();
        var first = 0;
        var largest = 0L;
        for (var i = 0; i < _slots.Count; i++)
        {
            largest = Math.Max(largest, _slots[i].Quantity);
            var isLast = i + 1 == _slots.Count || i + 1 - first == ushort.MaxValue || !Continues(_slots[i], _slots[i + 1]);
            if (isLast)
            {
                runs.Add((first, i + 1 - first, WidthOf(largest)));
                (first, largest) = (i + 1, 0);
            }
        }

        return runs;
    }

    private static bool Continues(in ReadingSlot slot, in ReadingSlot next) =>
        next.Offset == slot.End && next.Duration == slot.Duration && next.Quality == slot.Quality && next.Revision == slot.Revision;

    private static int WidthOf(long largest) => largest switch
    {
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };

    private static void WriteQuantity(Span<byte> destination, long quantity, int width)
    {
        for (var i = width - 1; i >= 0; i--)
        {
            destination[i] = (byte)(quantity & 0xFF);
            quantity >>= 8;
        }
    }

    private static long ReadQuantity(ReadOnlySpan<byte> source, int width)
    {
        var quantity = 0L;
        for (var i = 0; i < width; i++)
        {
            quantity = quantity << 8 | source[i];
        }

        return quantity;
    }
}
