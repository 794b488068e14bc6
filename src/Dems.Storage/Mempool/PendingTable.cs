using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Mempool;

/// <summary>Which bodies are not ordered yet, since when, and whether they were submitted here (local: promised, never expired).</summary>
internal static class PendingTable
{
    private const string InsertRow = "INSERT OR REPLACE INTO pending (body, received, local, digest) VALUES (?1, ?2, ?3, ?4)";
    private const string SelectOne = "SELECT received, local, digest FROM pending WHERE body = ?1";
    private const string DeleteRow = "DELETE FROM pending WHERE body = ?1";
    private const string SelectExpired = "SELECT body FROM pending WHERE local = 0 AND received < ?1 LIMIT ?2";

    /// <summary>Marks a body as pending, or changes its mark.</summary>
    public static void Insert(SqliteFile file, long body, BlockTime received, bool local)
    {
        using var insert = file.Query(InsertRow);
        insert.Bind(1, body).Bind(2, received.UnixMilliseconds).Bind(3, local ? 1 : 0).Bind(4, Digest(body, received, local)).Run();
    }

    /// <summary>The mark of a body; null if it is not pending.</summary>
    /// <exception cref="DamageException">The row does not match its digest.</exception>
    public static (BlockTime Received, bool Local)? Read(SqliteFile file, long body)
    {
        using var select = file.Query(SelectOne);
        if (!select.Bind(1, body).Step())
        {
            return null;
        }

        var (received, local) = (new BlockTime(select.Integer(0)), select.Integer(1) != 0);
        return IsSound(body, received, select.Integer(1), select.Integer(2)) ? (received, local) : throw Damaged(file, body);
    }

    /// <summary>Takes a body out.</summary>
    public static void Delete(SqliteFile file, long body)
    {
        using var delete = file.Query(DeleteRow);
        delete.Bind(1, body).Run();
    }

    /// <summary>Bodies from peers received before a time.</summary>
    public static List<long> FindExpired(SqliteFile file, BlockTime receivedBefore, int limit)
    {
        using var select = file.Query(SelectExpired);
        select.Bind(1, receivedBefore.UnixMilliseconds).Bind(2, limit);
        var bodies = new List<long>();
        while (select.Step())
        {
            bodies.Add(select.Integer(0));
        }

        return bodies;
    }

    /// <summary>Whether a body has a row that matches its digest.</summary>
    public static bool IsSound(SqliteFile file, long body)
    {
        using var select = file.Query(SelectOne);
        return select.Bind(1, body).Step() && IsSound(body, new BlockTime(select.Integer(0)), select.Integer(1), select.Integer(2));
    }

    /// <summary>Whether a row's columns match its digest.</summary>
    public static bool IsSound(long body, BlockTime received, long local, long digest) =>
        local is 0 or 1 && digest == Digest(body, received, local != 0);

    /// <summary>The error for a damaged row.</summary>
    public static DamageException Damaged(SqliteFile file, long body) =>
        new(new Damage(file.Name, "pending", null, $"body {body}", "the row does not match its digest"));

    private static long Digest(long body, BlockTime received, bool local) =>
        new RowDigest('p', stackalloc byte[RowDigest.ScratchSize]).Add(body).Add(received.UnixMilliseconds).Add(local ? 1 : 0).Finish();
}
