using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Integrity;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Safety;

/// <summary>The one safety row of a file.</summary>
internal static class SafetyTable
{
    private const string Select = "SELECT version, epoch, height, round, step, digest, state FROM safety WHERE id = 1";
    private const string Upsert =
        "INSERT OR REPLACE INTO safety (id, version, epoch, height, round, step, digest, state) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    /// <summary>The row; null if missing.</summary>
    /// <exception cref="DamageException">The row does not match its digest.</exception>
    public static SafetyRow? Read(SqliteFile file)
    {
        using var select = file.Query(Select);
        if (!select.Step())
        {
            return null;
        }

        var position = new SafetyPosition(new Height(select.Integer(2)), (int)select.Integer(3), (int)select.Integer(4));
        var row = new SafetyRow(select.Integer(0), select.Integer(1), position, select.Blob(6).ToArray());
        return select.Integer(5) == Digest(row)
            ? row
            : throw new DamageException(new Damage(file.Name, "safety", null, "row 1", "does not match its digest"));
    }

    /// <summary>Removes a row that does not match its digest: a damaged row counts as a missing one.</summary>
    public static bool DeleteIfDamaged(SqliteFile file)
    {
        try
        {
            Read(file);
            return false;
        }
        catch (DamageException)
        {
            file.Execute("DELETE FROM safety");
            return true;
        }
    }

    /// <summary>Creates or replaces the row.</summary>
    public static void Write(SqliteFile file, SafetyRow row)
    {
        using var write = file.Query(Upsert);
        write.Bind(1, row.Version).Bind(2, row.Epoch)
            .Bind(3, row.Position.Height.Value).Bind(4, row.Position.Round).Bind(5, row.Position.Step)
            .Bind(6, Digest(row)).Bind(7, row.State.Span).Run();
    }

    private static long Digest(SafetyRow row) => new RowDigest('s', stackalloc byte[RowDigest.ScratchSize])
        .Add(row.Version).Add(row.Epoch)
        .Add(row.Position.Height.Value).Add(row.Position.Round).Add(row.Position.Step)
        .Add(row.State.Span).Finish();
}
