using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>Inserts the readings of some blocks. Nodes are looked up once and their totals written once, at the end.</summary>
internal sealed class ReadingWriter(SqliteFile file)
{
    private const string InsertReading =
        """
        INSERT INTO reading (node, start, register, duration, revision, quantity, quality, entry)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
        """;

    private readonly Dictionary<NodeAddress, Totals> _nodes = [];

    public void Write(Height height, IReadOnlyList<ProjectedReading> readings)
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
            WriteTotals(node);
        }

        using var applied = file.Query("UPDATE applied SET height = ?1 WHERE id = 1");
        applied.Bind(1, height.Value).Run();
    }

    private void Insert(Query insert, in ProjectedReading row)
    {
        if (!_nodes.TryGetValue(row.Node, out var node))
        {
            node = new Totals(FindOrCreateNode(row.Node));
            _nodes.Add(row.Node, node);
        }

        var reading = row.Reading;
        insert.Bind(1, node.Id).Bind(2, reading.Start).Bind(3, (int)reading.Register).Bind(4, reading.Duration).Bind(5, reading.Revision)
            .Bind(6, reading.Quantity).Bind(7, (int)reading.Quality).Bind(8, row.EntryIndex).Run();
        if (file.Changes > 0)
        {
            node.Add(reading);
        }
    }

    private long FindOrCreateNode(NodeAddress address)
    {
        using var select = file.Query("SELECT id FROM node WHERE address = ?1");
        if (select.Bind(1, address.ToArray()).Step())
        {
            return select.Integer(0);
        }

        using var insert = file.Query("INSERT INTO node (address, readings, first_start, last_end) VALUES (?1, 0, ?2, 0)");
        insert.Bind(1, address.ToArray()).Bind(2, long.MaxValue).Run();
        return file.LastRowId;
    }

    private void WriteTotals(Totals node)
    {
        using var update = file.Query(
            "UPDATE node SET readings = readings + ?2, first_start = min(first_start, ?3), last_end = max(last_end, ?4) WHERE id = ?1");
        update.Bind(1, node.Id).Bind(2, node.Count).Bind(3, node.FirstStart).Bind(4, node.LastEnd).Run();
    }

    private sealed class Totals(long id)
    {
        public long Id { get; } = id;

        public long Count { get; private set; }

        public long FirstStart { get; private set; } = long.MaxValue;

        public long LastEnd { get; private set; }

        public void Add(Reading reading)
        {
            Count++;
            FirstStart = Math.Min(FirstStart, reading.Start);
            LastEnd = Math.Max(LastEnd, reading.Start + reading.Duration);
        }
    }
}
