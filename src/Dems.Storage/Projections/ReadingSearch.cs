using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The queries. One text serves all filters, so that each connection prepares it once.</summary>
internal static class ReadingSearch
{
    private const string SelectPages =
        """
        SELECT day, register, readings, digest FROM page
        WHERE node = ?1 AND day >= ?2 AND day <= ?3 AND (?4 = 0 OR register = ?4)
        ORDER BY day, register
        """;

    public static ReadingPage Run(SqliteFile file, ReadingQuery query)
    {
        if (NodeTable.Find(file, query.Node) is not { } node || query.Until <= 0)
        {
            return new ReadingPage([], null);
        }

        var from = Math.Max(0, Math.Max(query.From, query.After?.Start ?? 0));
        using var select = file.Query(SelectPages);
        select.Bind(1, node.Id).Bind(2, from / DayPage.SecondsPerDay).Bind(3, (query.Until - 1) / DayPage.SecondsPerDay).Bind(4, (int)(query.Register ?? default));
        var found = new List<ProjectedReading>();
        var ofDay = new List<ProjectedReading>();
        var day = -1L;
        while (found.Count <= query.Limit && select.Step())
        {
            if (select.Integer(0) != day)
            {
                Take(ofDay, query, found);
                day = select.Integer(0);
            }

            AddPage(PageTable.Read(file, select, node.Id), day, (Register)select.Integer(1), query, ofDay);
        }

        Take(ofDay, query, found);

        // One more than asked for tells whether there is a next page.
        return found.Count > query.Limit
            ? new ReadingPage(found[..query.Limit], ReadingCursor.Of(found[query.Limit - 1].Reading))
            : new ReadingPage(found, null);
    }

    private static void AddPage(DayPage page, long day, Register register, ReadingQuery query, List<ProjectedReading> ofDay)
    {
        for (var i = 0; i < page.Readings.Count; i++)
        {
            var stored = page.Readings[i];
            var isSuperseded = i + 1 < page.Readings.Count && page.Readings[i + 1] is var next && next.Offset == stored.Offset && next.Duration == stored.Duration;
            if (query.AllRevisions || !isSuperseded)
            {
                var reading = new Reading(
                    register, day * DayPage.SecondsPerDay + stored.Offset, stored.Duration, stored.Quantity, stored.Quality, stored.Revision);
                ofDay.Add(new ProjectedReading(query.Node, reading, stored.Entry, stored.Marks));
            }
        }
    }

    // A day's registers come one after the other, its readings go by time.
    private static void Take(List<ProjectedReading> ofDay, ReadingQuery query, List<ProjectedReading> found)
    {
        ofDay.Sort(static (x, y) => ReadingCursor.Of(x.Reading).CompareTo(ReadingCursor.Of(y.Reading)));
        found.AddRange(ofDay.Where(row => IsWanted(row, query)).Take(query.Limit + 1 - found.Count));
        ofDay.Clear();
    }

    private static bool IsWanted(in ProjectedReading row, ReadingQuery query) =>
        row.Reading.Start >= query.From
        && row.Reading.Start < query.Until
        && (query.After is not { } after || ReadingCursor.Of(row.Reading).CompareTo(after) > 0)
        && (query.Implausible is not { } implausible || row.Marks != Implausibility.None == implausible);
}
