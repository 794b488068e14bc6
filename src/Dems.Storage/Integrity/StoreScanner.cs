using Dems.Replication.Ports;
using Dems.Storage.Chain;
using Dems.Storage.Safety;
using Dems.Storage.Snapshots;
using Dems.Storage.Sqlite;

namespace Dems.Storage.Integrity;

/// <summary>
/// Checks everything that is stored, from the file's structure up to the tree: SQLite's own integrity check first (pages, indexes), then each row against its
/// hash, the links between blocks, the order, the tiles against the tree computed anew, and the files beside the database. Or only what a start relies on.
/// </summary>
internal sealed class StoreScanner(
    Func<SqliteFile> open, HighWaterFile highWater, CommitMark mark, SnapshotFiles snapshots, Damage? lostTail)
{
    // Beyond 20 messages the file is to be rebuilt, not listed.
    private const string CheckFile = "PRAGMA integrity_check(20)";

    // What a start reads first, each a page or a few.
    private static readonly string[] CheckSmallTables =
    [
        "PRAGMA integrity_check('safety')", "PRAGMA integrity_check('store')", "PRAGMA integrity_check('schema_version')", "PRAGMA integrity_check('gap')",
        "PRAGMA integrity_check('pending')",
    ];

    // Instructions of SQLite's machine between two looks at the clock: some tens of microseconds.
    private const int InstructionsPerStep = 1_000;

    /// <summary>Every damaged place; empty when sound.</summary>
    /// <param name="inBackground">Whether to leave the processor to others most of the time.</param>
    /// <param name="cancellationToken">Ends the scan.</param>
    public IReadOnlyList<Damage> Scan(bool inBackground, CancellationToken cancellationToken) => Run(
        (file, damages) =>
        {
            damages.AddRange(snapshots.Scan());
            CheckPages(file, CheckFile, damages);
            cancellationToken.ThrowIfCancellationRequested();
            new ChainScan(file, damages, cancellationToken).Run();
            PoolScan.Run(file, damages, cancellationToken);
        },
        inBackground,
        cancellationToken);

    /// <summary>Damage where a start reads; empty when it may be relied on.</summary>
    public IReadOnlyList<Damage> ScanTail(CancellationToken cancellationToken) => Run(
        (file, damages) =>
        {
            foreach (var check in CheckSmallTables)
            {
                CheckPages(file, check, damages);
            }

            new TailScan(file, damages, cancellationToken).Run(snapshots.NewestBelow(BlockTable.HeadHeight(file)));
        },
        inBackground: false,
        cancellationToken);

    private List<Damage> Run(Action<SqliteFile, List<Damage>> scan, bool inBackground, CancellationToken cancellationToken)
    {
        var damages = new List<Damage>();
        if (lostTail is not null)
        {
            damages.Add(lostTail);
        }

        damages.AddRange(highWater.Scan());
        damages.AddRange(mark.Scan());
        try
        {
            // A connection of its own: one that has read sound pages into its cache would not see the damage below.
            using var file = open();
            if (inBackground)
            {
                file.Interrupt(InstructionsPerStep, new ScanPace(cancellationToken).Step);
            }

            file.Execute("BEGIN");
            Guard(damages, () => Schema.CheckTables(file));
            scan(file, damages);
            Guard(damages, () => Schema.ReadStore(file));
            Guard(damages, () => SafetyTable.Read(file));
            Guard(damages, () => GapTable.Read(file));
        }
        catch (DamageException e)
        {
            damages.Add(e.Damage);
        }
        catch (StorageException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
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

    private static void CheckPages(SqliteFile file, string pragma, List<Damage> damages)
    {
        using var check = file.Query(pragma);
        while (check.Step())
        {
            if (check.Text(0) is var message && !string.Equals(message, "ok", StringComparison.Ordinal))
            {
                damages.Add(new Damage(file.Name, "page", null, "b-tree", message));
            }
        }
    }
}
