using Dems.Core.Ledger;
using Dems.Storage.Chain;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Mempool;

/// <summary>Brings the pending rows into line with the bodies after damage.</summary>
internal static class PendingRepair
{
    private const string SelectUnordered = "SELECT id FROM body WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.body = body.id) ORDER BY id";
    private const string DeleteWithoutBody = "DELETE FROM pending WHERE body NOT IN (SELECT id FROM body)";

    /// <summary>
    /// Deletes unordered bodies that no longer match their hash and returns how many; peers that hold them send them again. A sound body whose row was
    /// lost or damaged is kept as if submitted here, since it may have been promised.
    /// </summary>
    public static int Mend(SqliteFile file)
    {
        var deleted = 0;
        foreach (var body in SelectIds(file))
        {
            if (!BodyTable.IsSound(file, body))
            {
                PendingTable.Delete(file, body);
                BodyTable.Delete(file, body);
                deleted++;
            }
            else if (!PendingTable.IsSound(file, body))
            {
                PendingTable.Insert(file, body, new BlockTime(0), local: true);
            }
        }

        using var orphans = file.Query(DeleteWithoutBody);
        orphans.Run();
        return deleted;
    }

    private static List<long> SelectIds(SqliteFile file)
    {
        using var select = file.Query(SelectUnordered);
        var ids = new List<long>();
        while (select.Step())
        {
            ids.Add(select.Integer(0));
        }

        return ids;
    }
}
