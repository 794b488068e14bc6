using System.Buffers.Binary;
using System.Numerics;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Which days of one register of one node are held, in pages of 32 days: first open page (4), then per page ascending its number (4), a bit per day (4, bit n for the
/// n-th day) and the day of the block that last wrote to it (4). All big-endian. Once nothing wrote to a page for <see cref="CorrectionHorizonDays"/> of block
/// time, it and all before it are closed; the next write to the register drops it. Counting from the write, not from the reading, lets history of any
/// age be imported, oldest first.
/// </summary>
internal sealed class RegisterIndex : IStateRecord
{
    /// <summary>How long after its last write a day can still be corrected, in days of block time.</summary>
    public const int CorrectionHorizonDays = 400;

    private const int DaysPerPage = 32;
    private const int PageSize = 12;

    private readonly List<Page> _pages = [];
    private int _firstOpenPage;

    /// <summary>First day that a block of some day may write to.</summary>
    public int FirstOpenDay(int blockDay)
    {
        var firstOpenPage = _firstOpenPage;
        foreach (var page in _pages)
        {
            firstOpenPage = IsPastHorizon(page, blockDay) ? Math.Max(firstOpenPage, page.Number + 1) : firstOpenPage;
        }

        return firstOpenPage * DaysPerPage;
    }

    public bool Holds(int day) => Find(day / DaysPerPage) is var at && at >= 0 && (_pages[at].Days >> day % DaysPerPage & 1) != 0;

    /// <summary>The latest held day in [<paramref name="from"/>, <paramref name="before"/>); −1 if none.</summary>
    public int LastBefore(int before, int from)
    {
        var at = Find(before / DaysPerPage);
        var mask = (1u << before % DaysPerPage) - 1;
        for (at = at >= 0 ? at : ~at - 1; at >= 0; at--)
        {
            var page = _pages[at];
            var days = page.Number == before / DaysPerPage ? page.Days & mask : page.Days;
            if (days != 0)
            {
                var day = page.Number * DaysPerPage + BitOperations.Log2(days);
                return day >= from ? day : -1;
            }
        }

        return -1;
    }

    /// <summary>The earliest held day in (<paramref name="after"/>, <paramref name="to"/>]; −1 if none.</summary>
    public int FirstAfter(int after, int to)
    {
        var first = after + 1;
        var at = Find(first / DaysPerPage);
        for (at = at >= 0 ? at : ~at; at < _pages.Count; at++)
        {
            var page = _pages[at];
            var days = page.Number == first / DaysPerPage ? page.Days & uint.MaxValue << first % DaysPerPage : page.Days;
            if (days != 0)
            {
                var day = page.Number * DaysPerPage + BitOperations.TrailingZeroCount(days);
                return day <= to ? day : -1;
            }
        }

        return -1;
    }

    /// <summary>Notes a write to a day; false if nothing changed by that.</summary>
    public bool Touch(int day, int blockDay)
    {
        var number = day / DaysPerPage;
        var at = Find(number);
        if (at < 0)
        {
            _pages.Insert(~at, new Page(number, 1u << day % DaysPerPage, blockDay));
            return true;
        }

        var page = _pages[at];
        _pages[at] = new Page(number, page.Days | 1u << day % DaysPerPage, blockDay);
        return _pages[at] != page;
    }

    /// <summary>Drops the pages that are past the horizon and returns the days they held.</summary>
    public IReadOnlyList<int> Close(int blockDay)
    {
        List<int>? closed = null;
        for (var i = _pages.Count - 1; i >= 0; i--)
        {
            var page = _pages[i];
            if (!IsPastHorizon(page, blockDay))
            {
                continue;
            }

            closed ??= [];
            for (var days = page.Days; days != 0; days &= days - 1)
            {
                closed.Add(page.Number * DaysPerPage + BitOperations.TrailingZeroCount(days));
            }

            _firstOpenPage = Math.Max(_firstOpenPage, page.Number + 1);
            _pages.RemoveAt(i);
        }

        return closed ?? (IReadOnlyList<int>)[];
    }

    public byte[] Encode()
    {
        var bytes = new byte[sizeof(int) + _pages.Count * PageSize];
        BinaryPrimitives.WriteInt32BigEndian(bytes, _firstOpenPage);
        for (var i = 0; i < _pages.Count; i++)
        {
            var page = bytes.AsSpan(sizeof(int) + i * PageSize);
            BinaryPrimitives.WriteInt32BigEndian(page, _pages[i].Number);
            BinaryPrimitives.WriteUInt32BigEndian(page[4..], _pages[i].Days);
            BinaryPrimitives.WriteInt32BigEndian(page[8..], _pages[i].LastWritten);
        }

        return bytes;
    }

    public static RegisterIndex Decode(ReadOnlySpan<byte> bytes)
    {
        var index = new RegisterIndex { _firstOpenPage = BinaryPrimitives.ReadInt32BigEndian(bytes) };
        for (bytes = bytes[sizeof(int)..]; !bytes.IsEmpty; bytes = bytes[PageSize..])
        {
            index._pages.Add(new Page(
                BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), BinaryPrimitives.ReadInt32BigEndian(bytes[8..])));
        }

        return index;
    }

    private static bool IsPastHorizon(Page page, int blockDay) => page.LastWritten < blockDay - CorrectionHorizonDays;

    private int Find(int number)
    {
        var (low, high) = (0, _pages.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_pages[middle].Number == number)
            {
                return middle;
            }

            if (_pages[middle].Number < number)
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

    private readonly record struct Page(int Number, uint Days, int LastWritten);
}
