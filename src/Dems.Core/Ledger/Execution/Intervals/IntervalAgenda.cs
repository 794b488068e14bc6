using System.Buffers.Binary;

namespace Dems.Core.Ledger.Execution.Intervals;

/// <summary>
/// The days of one carrier whose intervals can still change, with the block time in seconds at which each has something to do. Encoded big-endian: the first day that is still
/// allocated (4), then per day ascending its number (4) and due time (8). What lies before the first day is recorded, but changes no allocation any more.
/// </summary>
internal sealed class IntervalAgenda : IStateRecord
{
    private const int ItemSize = 12;

    private readonly SortedDictionary<int, long> _days = [];

    /// <summary>First UTC day whose intervals are still allocated.</summary>
    public int FirstOpenDay { get; private set; }

    /// <summary>Days with their due times, ascending by day.</summary>
    public IReadOnlyCollection<KeyValuePair<int, long>> Days => _days;

    /// <summary>The earliest due time; <see cref="IntervalRules.Never"/> if there is nothing to do.</summary>
    public long Next => _days.Count == 0 ? IntervalRules.Never : _days.Values.Min();

    /// <summary>When a day is due; null if it is not on the agenda.</summary>
    public long? DueOf(int day) => _days.TryGetValue(day, out var due) ? due : null;

    /// <summary>Sets when a day is due.</summary>
    public void Set(int day, long due) => _days[day] = due;

    /// <summary>Ends the allocation of a day, and of all before it, for good.</summary>
    public void End(int day)
    {
        _days.Remove(day);
        FirstOpenDay = Math.Max(FirstOpenDay, day + 1);
    }

    public byte[] Encode()
    {
        var bytes = new byte[sizeof(int) + _days.Count * ItemSize];
        BinaryPrimitives.WriteInt32BigEndian(bytes, FirstOpenDay);
        var rest = bytes.AsSpan(sizeof(int));
        foreach (var (day, due) in _days)
        {
            BinaryPrimitives.WriteInt32BigEndian(rest, day);
            BinaryPrimitives.WriteInt64BigEndian(rest[4..], due);
            rest = rest[ItemSize..];
        }

        return bytes;
    }

    public static IntervalAgenda Decode(ReadOnlySpan<byte> bytes)
    {
        var agenda = new IntervalAgenda { FirstOpenDay = BinaryPrimitives.ReadInt32BigEndian(bytes) };
        for (bytes = bytes[sizeof(int)..]; !bytes.IsEmpty; bytes = bytes[ItemSize..])
        {
            agenda._days[BinaryPrimitives.ReadInt32BigEndian(bytes)] = BinaryPrimitives.ReadInt64BigEndian(bytes[4..]);
        }

        return agenda;
    }
}
