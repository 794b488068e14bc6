using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Mempool;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>Checks the bodies that are not ordered, and that each has its pending row and each pending row its body.</summary>
internal static class PoolScan
{
    private const string SelectUnordered = "SELECT id FROM body WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.body = body.id) ORDER BY id";
    private const string SelectOrphans =
        """
        SELECT body FROM pending
        WHERE NOT EXISTS (SELECT 1 FROM body b WHERE b.id = pending.body) OR EXISTS (SELECT 1 FROM entry WHERE entry.body = pending.body)
        ORDER BY body
        """;

    private const string SelectPending = "SELECT body FROM pending ORDER BY body";

    /// <summary>Checks what the pending rows name, without looking for bodies that lack one: the cost follows the mempool, not the chain.</summary>
    public static void RunPending(SqliteFile file, List<Damage> damages, CancellationToken cancellationToken)
    {
        using var pending = file.Query(SelectPending);
        while (pending.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var body = pending.Integer(0);
            StoreScanner.Guard(damages, () => _ = BodyTable.Read(file, body) ?? throw BodyTable.Damaged(file, $"body {body}", "missing"));
            if (!PendingTable.IsSound(file, body))
            {
                damages.Add(PendingTable.Damaged(file, body).Damage);
            }
        }
    }

    /// <summary>Checks all bodies that no block orders. Adds what it finds.</summary>
    public static void Run(SqliteFile file, List<Damage> damages, CancellationToken cancellationToken)
    {
        using var unordered = file.Query(SelectUnordered);
        while (unordered.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var body = unordered.Integer(0);
            StoreScanner.Guard(damages, () => BodyTable.Read(file, body));
            if (!PendingTable.IsSound(file, body))
            {
                damages.Add(PendingTable.Damaged(file, body).Damage);
            }
        }

        using var orphans = file.Query(SelectOrphans);
        while (orphans.Step())
        {
            damages.Add(new Damage(file.Name, "pending", null, $"body {orphans.Integer(0)}", "has no unordered body"));
        }
    }
}
