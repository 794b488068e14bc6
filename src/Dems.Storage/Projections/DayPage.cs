using System.Buffers.Binary;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;

namespace Dems.Storage.Projections;

/// <summary>
/// All revisions of the readings of one register of one node that start on one UTC day, ascending by start, duration and revision. A row per reading would cost more than all the rest of
/// a reading's way through the ledger. Written as runs of adjacent intervals that differ in their quantities only: offset (4), duration (4), revision (2), quality (1), marks (1),
/// entry (8), count (4), width (1), then count quantities of width bytes, the fewest of 1, 2, 4 and 8 that hold the largest. All little-endian.
/// </summary>
internal sealed class DayPage
{
    /// <summary>Seconds of a day.</summary>
    public const int SecondsPerDay = 86_400;

    private const int RunHeader = 25;

    private readonly List<StoredReading> _readings = [];

    /// <summary>The readings in order.</summary>
    public IReadOnlyList<StoredReading> Readings => _readings;

    /// <summary>Adds a reading; false if there is one with the same interval and revision already, which stays.</summary>
    public bool TryAdd(in StoredReading reading)
    {
        if (_readings.Count == 0 || _readings[^1].Offset < reading.Offset)
        {
            _readings.Add(reading);
            return true;
        }

        var (low, high) = (0, _readings.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = _readings[middle].CompareTo(reading);
            if (order == 0)
            {
                return false;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        _readings.Insert(low, reading);
        return true;
    }

    public byte[] Encode()
    {
        var runs = Runs();
        var bytes = new byte[runs.Sum(run => RunHeader + run.Count * run.Width)];
        var rest = bytes.AsSpan();
        foreach (var (first, count, width) in runs)
        {
            WriteHeader(rest, _readings[first], count, width);
            rest = rest[RunHeader..];
            for (var i = 0; i < count; i++)
            {
                WriteQuantity(rest, _readings[first + i].Quantity, width);
                rest = rest[width..];
            }
        }

        return bytes;
    }

    public static DayPage Decode(ReadOnlySpan<byte> bytes)
    {
        var page = new DayPage();
        while (!bytes.IsEmpty)
        {
            var reading = new StoredReading(
                BinaryPrimitives.ReadInt32LittleEndian(bytes),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]),
                Quantity: 0,
                (Quality)bytes[10],
                BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]),
                (Implausibility)bytes[11]);
            var (count, width) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]), bytes[24]);
            bytes = bytes[RunHeader..];
            for (var i = 0; i < count; i++)
            {
                page._readings.Add(reading with { Offset = reading.Offset + i * reading.Duration, Quantity = ReadQuantity(bytes, width) });
                bytes = bytes[width..];
            }
        }

        return page;
    }

    private List<(int First, int Count, int Width)> Runs()
    {
        var runs = new List<(int First, int Count, int Width)>();
        var first = 0;
        var largest = 0L;
        for (var i = 0; i < _readings.Count; i++)
        {
            largest = Math.Max(largest, _readings[i].Quantity);
            if (i + 1 == _readings.Count || !Continues(_readings[i], _readings[i + 1]))
            {
                runs.Add((first, i + 1 - first, WidthOf(largest)));
                (first, largest) = (i + 1, 0);
            }
        }

        return runs;
    }

    private static bool Continues(in StoredReading reading, in StoredReading next) =>
        next == reading with { Offset = reading.Offset + reading.Duration, Quantity = next.Quantity };

    private static int WidthOf(long largest) => largest switch
    {
        <= byte.MaxValue => 1,
        <= ushort.MaxValue => 2,
        <= uint.MaxValue => 4,
        _ => 8,
    };

    private static void WriteHeader(Span<byte> destination, in StoredReading reading, int count, int width)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, reading.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], reading.Duration);
        BinaryPrimitives.WriteUInt16LittleEndian(destination[8..], (ushort)reading.Revision);
        destination[10] = (byte)reading.Quality;
        destination[11] = (byte)reading.Marks;
        BinaryPrimitives.WriteInt64LittleEndian(destination[12..], reading.Entry);
        BinaryPrimitives.WriteInt32LittleEndian(destination[20..], count);
        destination[24] = (byte)width;
    }

    private static void WriteQuantity(Span<byte> destination, long quantity, int width)
    {
        for (var i = 0; i < width; i++)
        {
            destination[i] = (byte)(quantity >> (8 * i));
        }
    }

    private static long ReadQuantity(ReadOnlySpan<byte> source, int width)
    {
        var quantity = 0L;
        for (var i = width - 1; i >= 0; i--)
        {
            quantity = quantity << 8 | source[i];
        }

        return quantity;
    }
}
