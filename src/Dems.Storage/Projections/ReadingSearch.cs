using Dems.Core.Energy;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The queries. One text serves all filters, so that each connection prepares it once.</summary>
internal static class ReadingSearch
{
    private const string SelectReadings =
        """
        SELECT r.start, r.register, r.duration, r.revision, r.quantity, r.quality, r.entry
        FROM reading r
        WHERE r.node = (SELECT id FROM node WHERE address = ?1)
          AND r.start >= ?2 AND r.start < ?3
          AND (r.start, r.register, r.duration, r.revision) > (?4, ?5, ?6, ?7)
          AND (?8 = 0 OR r.register = ?8)
          AND (?9 OR NOT EXISTS (
              SELECT 1 FROM reading newer
              WHERE newer.node = r.node AND newer.start = r.start AND newer.register = r.register
                AND newer.duration = r.duration AND newer.revision > r.revision))
        ORDER BY r.start, r.register, r.duration, r.revision
        LIMIT ?10
        """;

    private const string SelectNodes =
        "SELECT address, readings, first_start, last_end FROM node WHERE address > ?1 AND readings > 0 ORDER BY address LIMIT ?2";

    public static ReadingPage Run(SqliteFile file, ReadingQuery query)
    {
        var after = query.After ?? new ReadingCursor(-1, default, 0, -1);
        using var select = file.Query(SelectReadings);
        select.Bind(1, query.Node.ToArray())
            .Bind(2, Math.Max(query.From, after.Start)).Bind(3, query.Until)
            .Bind(4, after.Start).Bind(5, (int)after.Register).Bind(6, after.Duration).Bind(7, after.Revision)
            .Bind(8, (int)(query.Register ?? default)).Bind(9, query.AllRevisions ? 1 : 0)
            .Bind(10, query.Limit + 1);
        var rows = new List<ProjectedReading>();
        while (select.Step())
        {
            // One more row than asked for tells whether there is a next page.
            if (rows.Count == query.Limit)
            {
                return new ReadingPage(rows, ReadingCursor.Of(rows[^1].Reading));
            }

            var reading = new Reading(
                (Register)select.Integer(1), select.Integer(0), (int)select.Integer(2), select.Integer(4), (Quality)select.Integer(5), (int)select.Integer(3));
            rows.Add(new ProjectedReading(query.Node, reading, select.Integer(6)));
        }

        return new ReadingPage(rows, null);
    }

    public static List<ProjectedNode> ListNodes(SqliteFile file, NodeAddress after, int limit)
    {
        using var select = file.Query(SelectNodes);
        select.Bind(1, after.ToArray()).Bind(2, limit);
        var nodes = new List<ProjectedNode>();
        while (select.Step())
        {
            nodes.Add(new ProjectedNode(new NodeAddress(select.Blob(0)), select.Integer(1), select.Integer(2), select.Integer(3)));
        }

        return nodes;
    }
}
