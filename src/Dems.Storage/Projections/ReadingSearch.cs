using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The queries. One text serves all filters, so that each connection prepares it once.</summary>
internal static class ReadingSearch
{
    private const string SelectReadings =
        """
        SELECT r.start, r.register, r.duration, r.revision, r.quantity, r.quality, r.entry, r.marks, r.digest
        FROM reading r
        WHERE r.node = ?1
          AND r.start >= ?2 AND r.start < ?3
          AND (r.start, r.register, r.duration, r.revision) > (?4, ?5, ?6, ?7)
          AND (?8 = 0 OR r.register = ?8)
          AND (?11 = 0 OR (r.marks <> 0) = (?11 = 2))
          AND (?9 OR NOT EXISTS (
              SELECT 1 FROM reading newer
              WHERE newer.node = r.node AND newer.start = r.start AND newer.register = r.register
                AND newer.duration = r.duration AND newer.revision > r.revision))
        ORDER BY r.start, r.register, r.duration, r.revision
        LIMIT ?10
        """;

    public static ReadingPage Run(SqliteFile file, ReadingQuery query)
    {
        var after = query.After ?? new ReadingCursor(-1, default, 0, -1);
        if (NodeTable.Find(file, query.Node) is not { } node)
        {
            return new ReadingPage([], null);
        }

        using var select = file.Query(SelectReadings);
        select.Bind(1, node.Id)
            .Bind(2, Math.Max(query.From, after.Start)).Bind(3, query.Until)
            .Bind(4, after.Start).Bind(5, (int)after.Register).Bind(6, after.Duration).Bind(7, after.Revision)
            .Bind(8, (int)(query.Register ?? default)).Bind(9, query.AllRevisions ? 1 : 0)
            .Bind(10, query.Limit + 1).Bind(11, query.Implausible switch { null => 0, false => 1, true => 2 });
        var rows = new List<ProjectedReading>();
        while (select.Step())
        {
            // One more row than asked for tells whether there is a next page.
            if (rows.Count == query.Limit)
            {
                return new ReadingPage(rows, ReadingCursor.Of(rows[^1].Reading));
            }

            rows.Add(new ProjectedReading(query.Node, Read(file, select, node.Id), select.Integer(6), (Implausibility)select.Integer(7)));
        }

        return new ReadingPage(rows, null);
    }

    /// <summary>A reading from its columns: start, register, duration, revision, quantity, quality, entry, marks, digest.</summary>
    /// <exception cref="DamageException">It does not match its digest.</exception>
    public static Reading Read(SqliteFile file, Query select, long node)
    {
        var (start, register, duration, revision) = (select.Integer(0), select.Integer(1), select.Integer(2), select.Integer(3));
        var (quantity, quality, entry, marks) = (select.Integer(4), select.Integer(5), select.Integer(6), select.Integer(7));
        return select.Integer(8) == ReadingDigests.OfReading(node, start, register, duration, revision, quantity, quality, entry, marks)
            ? new Reading((Register)register, start, (int)duration, quantity, (Quality)quality, (int)revision)
            : throw new DamageException(new Damage(file.Name, "reading", null, $"node {node} start {start}", "does not match its digest"));
    }
}
