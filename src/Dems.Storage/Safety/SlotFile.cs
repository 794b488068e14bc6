using System.Buffers.Binary;
using System.Security.Cryptography;
using Dems.Replication.Ports;
using Microsoft.Win32.SafeHandles;

namespace Dems.Storage.Safety;

/// <summary>
/// Three integers in a small file of their own, written alternately into two slots a page apart, so that a torn write spoils at most the slot it was
/// writing: the other still holds the value before. A slot is [magic, generation, three values, 8 bytes of SHA-256 over these], 48 bytes.
/// </summary>
internal sealed class SlotFile(string path)
{
    private const long Magic = 0x4445_4D53_4D41_524B;
    private const int Values = 3;
    private const int BodyBytes = (2 + Values) * sizeof(long);
    private const int SlotBytes = BodyBytes + sizeof(long);
    private const int SlotDistance = 4096;

    private readonly Lock _gate = new();
    private long _generation = -1;

    /// <summary>The newest sound slot; null if there is none.</summary>
    public (long First, long Second, long Third)? Read()
    {
        var newest = ReadSlots().Where(slot => slot.State is SlotState.Sound).OrderByDescending(slot => slot.Generation).FirstOrDefault();
        return newest.State is SlotState.Sound ? (newest.First, newest.Second, newest.Third) : null;
    }

    /// <summary>Whether a slot was written and no longer matches its checksum.</summary>
    public bool HasDamage => ReadSlotsAtRest().Any(slot => slot.State is SlotState.Damaged);

    /// <summary>A report for each slot that was written and no longer matches its checksum.</summary>
    public IEnumerable<Damage> Scan(string what) =>
        from slot in ReadSlotsAtRest()
        where slot.State is SlotState.Damaged
        select new Damage(Path.GetFileName(path), what, null, $"slot {slot.Index}", "does not match its checksum");

    /// <summary>Writes the next slot.</summary>
    /// <param name="first">First value.</param>
    /// <param name="second">Second value.</param>
    /// <param name="third">Third value.</param>
    /// <param name="durable">Whether to wait for the disk; otherwise the value survives the process but not the machine.</param>
    public void Write(long first, long second, long third, bool durable)
    {
        lock (_gate)
        {
            if (_generation < 0)
            {
                _generation = ReadSlots().Where(slot => slot.State is SlotState.Sound).Select(slot => slot.Generation).DefaultIfEmpty(0).Max();
            }

            var generation = _generation + 1;
            Span<byte> slot = stackalloc byte[SlotBytes];
            ReadOnlySpan<long> values = [Magic, generation, first, second, third];
            for (var i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteInt64BigEndian(slot[(i * sizeof(long))..], values[i]);
            }

            Checksum(slot[..BodyBytes], slot[BodyBytes..]);
            var isNew = !File.Exists(path);
            using var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(handle, slot, generation % 2 * SlotDistance);
            if (durable)
            {
                RandomAccess.FlushToDisk(handle);
                if (isNew)
                {
                    FolderSync.FlushParent(path);
                }
            }

            _generation = generation;
        }
    }

    // A slot that is just being written may look torn.
    private Slot[] ReadSlotsAtRest()
    {
        lock (_gate)
        {
            return ReadSlots();
        }
    }

    private Slot[] ReadSlots()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return [ReadSlot(handle, 0), ReadSlot(handle, 1)];
    }

    private static Slot ReadSlot(SafeFileHandle handle, int index)
    {
        Span<byte> slot = stackalloc byte[SlotBytes];
        slot.Clear();
        RandomAccess.Read(handle, slot, (long)index * SlotDistance);
        if (!slot.ContainsAnyExcept((byte)0))
        {
            return new Slot(index, SlotState.Unwritten);
        }

        Span<byte> expected = stackalloc byte[sizeof(long)];
        Checksum(slot[..BodyBytes], expected);
        return expected.SequenceEqual(slot[BodyBytes..]) && Value(slot, 0) == Magic
            ? new Slot(index, SlotState.Sound, Value(slot, 1), Value(slot, 2), Value(slot, 3), Value(slot, 4))
            : new Slot(index, SlotState.Damaged);
    }

    private static long Value(ReadOnlySpan<byte> slot, int index) => BinaryPrimitives.ReadInt64BigEndian(slot[(index * sizeof(long))..]);

    private static void Checksum(ReadOnlySpan<byte> body, Span<byte> destination)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        digest[..sizeof(long)].CopyTo(destination);
    }

    private readonly record struct Slot(int Index, SlotState State, long Generation = 0, long First = 0, long Second = 0, long Third = 0);

    private enum SlotState
    {
        Unwritten,
        Sound,
        Damaged,
    }
}
