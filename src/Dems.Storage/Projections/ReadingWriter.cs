using Dems.Core.Energy;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>Inserts the readings of some blocks. Nodes are looked up once and their totals written once, at the end.</summary>
internal sealed class ReadingWriter(SqliteFile file)
{
    private const string InsertReading =
        """
        INSERT INTO reading (node, start, register, duration, revision, quantity, quality, entry, marks, digest)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING
        """;

    private readonly Dictionary<NodeAddress, Totals> _nodes = [];
    private long _nextId;

    public void Write(IReadOnlyList<ProjectedReading> readings)
    {
        using (var insert = file.Query(InsertReading))
        {
            for (var i = 0; i < readings.Count; i++)
            {
                Insert(insert, readings[i]);
            }
        }

        foreach (var node in _nodes.Values)
        {
            NodeTable.Write(file, node.Row);
        }
    }

    private void Insert(Query insert, in ProjectedReading row)
    {
        if (!_nodes.TryGetValue(row.Node, out var node))
        {
            node = new Totals(NodeTable.Find(file, row.Node) ?? new NodeRow(NextId(), row.Node, 0, long.MaxValue, 0));
            _nodes.Add(row.Node, node);
        }

        var reading = row.Reading;
        insert.Bind(1, node.Row.Id).Bind(2, reading.Start).Bind(3, (int)reading.Register).Bind(4, reading.Duration).Bind(5, reading.Revision)
            .Bind(6, reading.Quantity).Bind(7, (int)reading.Quality).Bind(8, row.EntryIndex)
            .Bind(9, (int)row.Marks).Bind(10, ReadingDigests.OfReading(node.Row.Id, row)).Run();
        if (file.Changes > 0)
        {
            node.Add(reading);
        }
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
