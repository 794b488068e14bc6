using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>How far the chain was applied, and how many blocks with results there are.</summary>
internal static class AppliedTable
{
    /// <exception cref="DamageException">The row is missing or does not match its digest.</exception>
    public static (Height Height, long Results) Read(SqliteFile file)
    {
        using var select = file.Query("SELECT height, results, digest FROM applied WHERE id = 1");
        if (select.Step() && select.Integer(2) == ReadingDigests.OfApplied(select.Integer(0), select.Integer(1)))
        {
            return (new Height(select.Integer(0)), select.Integer(1));
        }

        throw new DamageException(new Damage(file.Name, "applied height", null, "row 1", "is missing or does not match its digest"));
    }

    public static void Write(SqliteFile file, Height height, long results)
    {
        using var update = file.Query("UPDATE applied SET height = ?1, results = ?2, digest = ?3 WHERE id = 1");
        update.Bind(1, height.Value).Bind(2, results).Bind(3, ReadingDigests.OfApplied(height.Value, results)).Run();
    }
}
