using Dems.Replication.Ports;
using Dems.Storage.Safety;
using Dems.Storage.Snapshots;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Checks everything that is stored, from the file's structure up to the tree: SQLite's own integrity check first (pages, indexes), then each row against its
/// hash, the links between blocks, the order, the tiles against the tree computed anew, and the files beside the database.
/// </summary>
internal sealed class StoreScanner(
    Func<SqliteFile> open, HighWaterFile highWater, CommitMark mark, SnapshotFiles snapshots, Damage? lostTail)
{
    // Beyond 20 messages the file is to be rebuilt, not listed.
    private const string CheckFile = "PRAGMA integrity_check(20)";

    /// <summary>Every damaged place; empty when sound.</summary>
    public IReadOnlyList<Damage> Scan(CancellationToken cancellationToken)
    {
        var damages = new List<Damage>();
        if (lostTail is not null)
        {
            damages.Add(lostTail);
        }

        damages.AddRange(highWater.Scan());
        damages.AddRange(mark.Scan());
        damages.AddRange(snapshots.Scan());
        try
        {
            // A connection of its own: one that has read sound pages into its cache would not see the damage below.
            using var file = open();
            file.Execute("BEGIN");
            CheckPages(file, damages);
            cancellationToken.ThrowIfCancellationRequested();
            new ChainScan(file, damages, cancellationToken).Run();
            PoolScan.Run(file, damages, cancellationToken);
            Guard(damages, () => Schema.ReadStore(file));
            Guard(damages, () => SafetyTable.Read(file));
        }
        catch (DamageException e)
        {
            damages.Add(e.Damage);
        }

        return damages;
    }

    /// <summary>Runs a check and notes the damage it meets.</summary>
    internal static void Guard(List<Damage> damages, Action check)
    {
        try
        {
            check();
        }
        catch (DamageException e)
        {
            damages.Add(e.Damage);
        }
    }

    private static void CheckPages(SqliteFile file, List<Damage> damages)
    {
        using var check = file.Query(CheckFile);
        while (check.Step())
        {
            if (check.Text(0) is var message && !string.Equals(message, "ok", StringComparison.Ordinal))
            {
                damages.Add(new Damage(file.Name, "page", null, "b-tree", message));
            }
        }
    }
}
