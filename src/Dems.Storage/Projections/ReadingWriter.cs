using Dems.Core.Energy;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>Inserts the readings of some blocks. Nodes and pages are looked up once and written once, at the end.</summary>
internal sealed class ReadingWriter(SqliteFile file)
{
    /// <summary>So many pages are kept until all of them are written, for the sake of memory.</summary>
    private const int MaxPages = 10_000;

    private readonly Dictionary<NodeAddress, Totals> _nodes = [];
    private readonly Dictionary<(long Node, int Day, Register Register), DayPage> _pages = [];
    private (NodeAddress Node, int Day, Register Register) _last;
    private (Totals Node, DayPage Page)? _lastPlace;
    private long _nextId;

    public void Write(IEnumerable<ProjectedReading> readings)
    {
        foreach (var reading in readings)
        {
            Add(reading);
        }

        WritePages();
        foreach (var node in _nodes.Values)
        {
            NodeTable.Write(file, node.Row);
        }
    }

    private void Add(in ProjectedReading row)
    {
        var reading = row.Reading;
        var (day, offset) = ((int)(reading.Start / DayPage.SecondsPerDay), (int)(reading.Start % DayPage.SecondsPerDay));
        var (node, page) = PlaceOf(row.Node, day, reading.Register);
        if (page.TryAdd(new StoredReading(offset, reading.Duration, reading.Revision, reading.Quantity, reading.Quality, row.EntryIndex, row.Marks)))
        {
            node.Add(reading);
        }
    }

    // Most readings go where the one before them went.
    private (Totals Node, DayPage Page) PlaceOf(NodeAddress address, int day, Register register)
    {
        if (_lastPlace is { } last && _last == (address, day, register))
        {
            return last;
        }

        if (!_nodes.TryGetValue(address, out var node))
        {
            node = new Totals(NodeTable.Find(file, address) ?? new NodeRow(NextId(), address, 0, long.MaxValue, 0));
            _nodes.Add(address, node);
        }

        if (!_pages.TryGetValue((node.Row.Id, day, register), out var page))
        {
            if (_pages.Count == MaxPages)
            {
                WritePages();
            }

            page = PageTable.Find(file, node.Row.Id, day, register) ?? new DayPage();
            _pages.Add((node.Row.Id, day, register), page);
        }

        _last = (address, day, register);
        _lastPlace = (node, page);
        return (node, page);
    }

    private void WritePages()
    {
        foreach (var ((node, day, register), page) in _pages)
        {
            PageTable.Write(file, node, day, register, page);
        }

        _pages.Clear();
        _lastPlace = null;
    }

    // New nodes are written at the end only.
    private long NextId()
    {
        _nextId = Math.Max(_nextId, NodeTable.NextId(file));
        return _nextId++;
    }

    private sealed class Totals(NodeRow row)
    {
        public NodeRow Row { get; private set; } = row;

        public void Add(Reading reading) => Row = Row with
        {
            Readings = Row.Readings + 1,
            FirstStart = Math.Min(Row.FirstStart, reading.Start),
            LastEnd = Math.Max(Row.LastEnd, reading.Start + reading.Duration),
        };
    }
}
