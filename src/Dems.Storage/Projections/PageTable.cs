using Dems.Core.Energy;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>The pages of readings, clustered by node and day: what a query asks for lies together, and each node appends at its own end.</summary>
internal static class PageTable
{
    private const string SelectOne = "SELECT day, register, readings, digest FROM page WHERE node = ?1 AND day = ?2 AND register = ?3";
    private const string InsertOrReplace = "INSERT OR REPLACE INTO page (node, day, register, readings, digest) VALUES (?1, ?2, ?3, ?4, ?5)";

    /// <summary>The page of a node's register and day; null if there is none.</summary>
    /// <exception cref="DamageException">It does not match its digest.</exception>
    public static DayPage? Find(SqliteFile file, long node, int day, Register register)
    {
        using var select = file.Query(SelectOne);
        return select.Bind(1, node).Bind(2, day).Bind(3, (int)register).Step() ? Read(file, select, node) : null;
    }

    public static void Write(SqliteFile file, long node, int day, Register register, DayPage page)
    {
        using var write = file.Query(InsertOrReplace);
        var bytes = page.Encode();
        write.Bind(1, node).Bind(2, day).Bind(3, (int)register).Bind(4, bytes).Bind(5, ReadingDigests.OfPage(node, day, (int)register, bytes)).Run();
    }

    /// <summary>A page from its columns: day, register, readings, digest.</summary>
    /// <exception cref="DamageException">It does not match its digest.</exception>
    public static DayPage Read(SqliteFile file, Query select, long node)
    {
        var (day, register) = (select.Integer(0), select.Integer(1));
        var readings = select.Blob(2);
        return select.Integer(3) == ReadingDigests.OfPage(node, day, register, readings)
            ? DayPage.Decode(readings)
            : throw new DamageException(new Damage(file.Name, "readings", null, $"node {node} day {day} register {register}", "do not match their digest"));
    }
}
