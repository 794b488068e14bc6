using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>
/// Checks all of the query tables: SQLite's own check of pages and indexes, then the digest of each row, and the numbers of rows against the totals, which tell
/// rows that can no longer be reached.
/// </summary>
internal static class ProjectionScan
{
    private const string SelectPages = "SELECT day, register, readings, digest, node FROM page ORDER BY node, day, register";

    /// <summary>The first damage; null if there is none.</summary>
    public static Damage? Run(SqliteFile file, CancellationToken cancellationToken)
    {
        try
        {
            file.Execute("BEGIN");
            CheckPages(file);
            CheckReadings(file, cancellationToken);
            CheckResults(file, cancellationToken);
            return null;
        }
        catch (DamageException e)
        {
            return e.Damage;
        }
    }

    private static void CheckPages(SqliteFile file)
    {
        using var check = file.Query("PRAGMA integrity_check(1)");
        if (check.Step() && check.Text(0) is var message && !string.Equals(message, "ok", StringComparison.Ordinal))
        {
            throw SqliteFault.PageDamage(file.Name, message);
        }
    }

    private static void CheckReadings(SqliteFile file, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<long, long>();
        using var select = file.Query(SelectPages);
        while (select.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = select.Integer(4);
            counts[node] = counts.GetValueOrDefault(node) + PageTable.Read(file, select, node).Readings.Count;
        }

        foreach (var node in NodeTable.List(file, default, int.MaxValue))
        {
            if (!counts.Remove(node.Id, out var count) || count != node.Readings)
            {
                throw new DamageException(new Damage(file.Name, "node", null, $"row {node.Id}", $"{node.Readings} readings were stored, {count} are there"));
            }
        }

        if (counts.Count > 0)
        {
            throw new DamageException(new Damage(file.Name, "readings", null, $"node {counts.Keys.Min()}", "belong to no node"));
        }
    }

    private static void CheckResults(SqliteFile file, CancellationToken cancellationToken)
    {
        var (_, expected) = AppliedTable.Read(file);
        var heights = new List<Height>();
        using (var select = file.Query("SELECT height FROM result ORDER BY height"))
        {
            while (select.Step())
            {
                heights.Add(new Height(select.Integer(0)));
            }
        }

        foreach (var height in heights)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = ResultsTable.Find(file, height);
        }

        if (heights.Count != expected)
        {
            throw new DamageException(new Damage(file.Name, "results", null, "all rows", $"{expected} blocks were stored, {heights.Count} are there"));
        }
    }
}
