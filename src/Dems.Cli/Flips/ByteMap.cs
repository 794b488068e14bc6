using System.Buffers.Binary;

namespace Dems.Cli.Flips;

/// <summary>To what each byte of a store's database file and write-ahead log belongs, so that every kind of stored thing can be hit on purpose and counted.</summary>
internal sealed class ByteMap
{
    private readonly Dictionary<StoredKind, List<Place>> _places = [];

    private ByteMap(long bytes) => Bytes = bytes;

    /// <summary>All bytes of both files.</summary>
    public long Bytes { get; }

    /// <summary>The kinds that occur.</summary>
    public IReadOnlyList<StoredKind> Kinds => [.. _places.Keys.Order()];

    /// <summary>Reads the map of a closed store, or of a copy of an open one.</summary>
    public static ByteMap Read(string database)
    {
        var log = new FileInfo(database + "-wal");
        var pages = SqlitePages.Paint(File.ReadAllBytes(database));
        var logged = log.Exists ? log.Length : 0;
        if (logged > 0)
        {
            MarkSuperseded(pages, File.ReadAllBytes(log.FullName));
        }

        var map = new ByteMap(pages.Length + logged);
        for (var offset = 0; offset < pages.Length; offset++)
        {
            map.Add(pages[offset], new Place(InLog: false, offset));
        }

        for (var offset = 0; offset < logged; offset++)
        {
            map.Add(StoredKind.WalFrame, new Place(InLog: true, offset));
        }

        return map;
    }

    /// <summary>A random byte of one kind.</summary>
    public Place Choose(StoredKind kind, Random random) => _places[kind][random.Next(_places[kind].Count)];

    /// <summary>A random byte of all.</summary>
    public (StoredKind Kind, Place Place) ChooseAny(Random random)
    {
        var number = random.NextInt64(Bytes);
        foreach (var (kind, places) in _places)
        {
            if (number < places.Count)
            {
                return (kind, places[(int)number]);
            }

            number -= places.Count;
        }

        throw new InvalidOperationException("The files are empty.");
    }

    // The log's header has 32 bytes and names the page size; each frame is 24 bytes, of which the first four name the page, and the page.
    private static void MarkSuperseded(StoredKind[] pages, byte[] log)
    {
        const int Header = 32;
        const int FrameHeader = 24;
        var size = BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        for (var frame = Header; frame < log.Length; frame += FrameHeader + size)
        {
            var start = (BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(frame)) - 1) * size;
            if (start < pages.Length)
            {
                pages.AsSpan(start, size).Fill(StoredKind.Superseded);
            }
        }
    }

    private void Add(StoredKind kind, Place place)
    {
        if (!_places.TryGetValue(kind, out var places))
        {
            _places.Add(kind, places = []);
        }

        places.Add(place);
    }

    /// <summary>A byte of the database file or of its log.</summary>
    internal readonly record struct Place(bool InLog, int Offset);
}
