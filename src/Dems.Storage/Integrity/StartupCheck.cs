using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Storage.Integrity;

/// <summary>
/// Opens a store and brings it as far as it can be brought without peers. If the tail is sound, that is all: the rest is checked behind the running replica. If
/// anything in it is not, everything is checked before anybody relies on it: a file with a damaged structure is rebuilt, unordered bodies that do not match are
/// dropped, a damaged safety row is removed (then it is missing, and the validator abstains). Damaged blocks are left to the caller, who has the peers.
/// </summary>
internal static class StartupCheck
{
    // A rebuilt file has a sound structure; a second rebuild would mean a failing disk.
    private const int MaxRebuilds = 1;

    public static async Task<CheckedReplica> RunAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken)
    {
        var found = new List<Damage>();
        RebuildReport? rebuilt = null;
        for (var rebuilds = 0; ; rebuilds++)
        {
            var database = await TryOpenAsync(files, chain, found, cancellationToken);
            if (rebuilds == 0 && database is not null && await database.IsTailSoundAsync(cancellationToken))
            {
                return new CheckedReplica(database, [], Rebuilt: null, ToRepair: [], IsWhole: false);
            }

            var damages = database is null ? [] : await database.Chain.ScanAsync(cancellationToken);
            found.AddRange(damages);
            if (database is not null && !damages.Any(NeedsRebuild))
            {
                await database.MendAsync(cancellationToken);
                return new CheckedReplica(database, found, rebuilt, BlocksOf(damages), IsWhole: true);
            }

            if (database is not null)
            {
                await database.DisposeAsync();
            }

            if (rebuilds == MaxRebuilds)
            {
                throw new StorageException($"{files.Database} is damaged again right after it was rebuilt; the disk is failing. {string.Join("; ", found.Distinct())}");
            }

            rebuilt = await ReplicaDatabase.RebuildAsync(files, chain, cancellationToken);
        }
    }

    private static async Task<ReplicaDatabase?> TryOpenAsync(ReplicaFiles files, ChainId chain, List<Damage> found, CancellationToken cancellationToken)
    {
        if (FileRebuild.WasInterrupted(files.Database))
        {
            found.Add(new Damage(Path.GetFileName(files.Database), "page", null, "whole file", "a rebuild was interrupted"));
            return null;
        }

        try
        {
            return await ReplicaDatabase.OpenAsync(files, chain, cancellationToken);
        }
        catch (DamageException e)
        {
            found.Add(e.Damage);
            return null;
        }
    }

    /// <summary>The blocks that damage belongs to, ascending.</summary>
    public static IReadOnlyList<Height> BlocksOf(IReadOnlyList<Damage> damages) => [.. damages.Select(damage => damage.Height).OfType<Height>().Distinct().Order()];

    /// <summary>Whether the file must be replaced: rows that belong to no block (a damaged key) and everything below the rows.</summary>
    public static bool NeedsRebuild(Damage damage) =>
        damage.What is "page" or "store" or "schema version" || (damage.What is "tile" or "block" or "order" && damage.Height is null);
}
