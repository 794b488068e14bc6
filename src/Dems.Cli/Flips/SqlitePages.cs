using System.Buffers.Binary;

namespace Dems.Cli.Flips;

/// <summary>
/// Walks the b-trees of a sound SQLite file (https://sqlite.org/fileformat2.html) and says for each byte what it belongs to. Shares nothing with the code that reads
/// or checks a store.
/// </summary>
internal sealed class SqlitePages
{
    private const int FileHeader = 100;
    private const byte InnerIndex = 2;
    private const byte InnerTable = 5;
    private const byte LeafIndex = 10;
    private const byte LeafTable = 13;

    private readonly byte[] _file;
    private readonly StoredKind[] _kinds;
    private readonly int _pageSize;
    private readonly int _usable;

    private SqlitePages(byte[] file)
    {
        _file = file;
        _kinds = new StoredKind[file.Length];
        var size = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16));
        _pageSize = size == 1 ? 65_536 : size;
        _usable = _pageSize - file[20];
    }

    /// <summary>The kind of each byte.</summary>
    public static StoredKind[] Paint(byte[] file)
    {
        var pages = new SqlitePages(file);
        pages._kinds.AsSpan(0, FileHeader).Fill(StoredKind.Structure);
        var trees = new List<(string Name, string Type, int Root)>();
        pages.Walk(1, _ => StoredKind.Structure, record => trees.Add((pages.Text(record, 1), pages.Text(record, 0), pages.Number(record, 3))));
        foreach (var (name, type, root) in trees.Where(tree => tree.Root > 0))
        {
            pages.Walk(root, type == "index" ? _ => StoredKind.Index : KindOf(name), _ => { });
        }

        return pages._kinds;
    }

    /// <summary>The kind of a table's column; −1 stands for a row's key and header.</summary>
    private static Func<int, StoredKind> KindOf(string table) => table switch
    {
        // height, digest, certificate_digest, hash, tree_size, certificate, bytes
        "block" => column => column is 2 or 5 ? StoredKind.Certificate : StoredKind.Block,
        "body" => _ => StoredKind.Entry,
        "entry" => _ => StoredKind.Order,
        "tile" => _ => StoredKind.Tile,
        _ => _ => StoredKind.State,
    };

    private void Walk(int page, Func<int, StoredKind> kind, Action<List<Column>> row)
    {
        var start = (page - 1) * _pageSize;
        var header = start + (page == 1 ? FileHeader : 0);
        var type = _file[header];
        var inner = type is InnerIndex or InnerTable;
        var cells = BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(header + 3));
        var pointers = header + (inner ? 12 : 8);
        Fill(header, pointers + 2 * cells, StoredKind.Structure);
        for (var i = 0; i < cells; i++)
        {
            var cell = start + BinaryPrimitives.ReadUInt16BigEndian(_file.AsSpan(pointers + 2 * i));
            if (inner)
            {
                Fill(cell, cell + 4, StoredKind.Structure);
                Walk(PageAt(cell), kind, row);
                cell += 4;
            }

            if (type == InnerTable)
            {
                Fill(cell, cell + Varint(cell).Length, StoredKind.Structure);
            }
            else
            {
                Cell(cell, type == LeafTable, kind, row);
            }
        }

        if (inner)
        {
            Walk(PageAt(header + 8), kind, row);
        }
    }

    // Payload size, key (tables only), payload: a record, of which a long one continues on overflow pages.
    private void Cell(int cell, bool table, Func<int, StoredKind> kind, Action<List<Column>> row)
    {
        var (length, size) = Varint(cell);
        var payload = cell + size + (table ? Varint(cell + size).Length : 0);
        Fill(cell, payload, kind(-1));
        var bytes = Spread(payload, (int)length, table);
        var columns = Columns(bytes);
        foreach (var place in bytes.Take(columns.Count > 0 ? columns[0].Bytes.Start.Value : bytes.Count))
        {
            _kinds[place] = kind(-1);
        }

        for (var i = 0; i < columns.Count; i++)
        {
            var (first, count) = columns[i].Bytes.GetOffsetAndLength(bytes.Count);
            for (var place = first; place < first + count; place++)
            {
                _kinds[bytes[place]] = kind(i);
            }
        }

        row(columns);
    }

    /// <summary>Where each byte of a payload lies.</summary>
    private List<int> Spread(int payload, int length, bool table)
    {
        var most = table ? _usable - 35 : ((_usable - 12) * 64 / 255) - 23;
        var least = ((_usable - 12) * 32 / 255) - 23;
        var rest = least + ((length - least) % (_usable - 4));
        var local = length <= most ? length : rest <= most ? rest : least;
        var places = new List<int>(length);
        places.AddRange(Enumerable.Range(payload, local));
        for (var next = payload + local; places.Count < length;)
        {
            Fill(next, next + 4, StoredKind.Structure);
            var page = (PageAt(next) - 1) * _pageSize;
            places.AddRange(Enumerable.Range(page + 4, Math.Min(_usable - 4, length - places.Count)));
            next = page;
        }

        return places;
    }

    private List<Column> Columns(List<int> payload)
    {
        // A header is never so long that it leaves the first page.
        var (headerLength, size) = Varint(payload[0]);
        var (columns, data) = (new List<Column>(), (int)headerLength);
        for (var at = size; at < headerLength;)
        {
            var (type, length) = Varint(payload[at]);
            var bytes = type switch
            {
                <= 4 => (int)type,
                5 => 6,
                6 or 7 => 8,
                8 or 9 => 0,
                _ => (int)((type - 12) / 2),
            };
            columns.Add(new Column(type, payload, data..(data + bytes)));
            (at, data) = (at + length, data + bytes);
        }

        return columns;
    }

    private string Text(List<Column> record, int column) =>
        System.Text.Encoding.UTF8.GetString([.. record[column].Places.Select(place => _file[place])]);

    private int Number(List<Column> record, int column) => record[column].Type switch
    {
        9 => 1,
        _ => record[column].Places.Aggregate(0, (value, place) => (value << 8) | _file[place]),
    };

    private int PageAt(int offset) => BinaryPrimitives.ReadInt32BigEndian(_file.AsSpan(offset));

    private void Fill(int start, int end, StoredKind kind) => _kinds.AsSpan(start, end - start).Fill(kind);

    private (long Value, int Length) Varint(int offset)
    {
        var value = 0L;
        for (var i = 0; i < 8; i++)
        {
            value = (value << 7) | (_file[offset + i] & 0x7FL);
            if (_file[offset + i] < 0x80)
            {
                return (value, i + 1);
            }
        }

        return ((value << 8) | _file[offset + 8], 9);
    }

    private readonly record struct Column(long Type, List<int> Payload, Range Bytes)
    {
        public IEnumerable<int> Places => Payload.Take(Bytes);
    }
}
