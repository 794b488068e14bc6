using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Shell;
using Dems.Storage.Chain;
using Dems.Storage.Integrity;
using Dems.Storage.Mempool;
using Dems.Storage.Safety;
using Dems.Storage.Snapshots;
using Dems.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dems.Storage;

/// <summary>
/// One member's store of one chain: chain, mempool and safety row in one SQLite file (WAL, synchronous=FULL: a commit is one fsync of the log), snapshots
/// in files. One thread writes; reads use connections of their own. Hold a <see cref="DataFolderLock"/> on the folder while it is open.
/// </summary>
public sealed class ReplicaDatabase : IAsyncDisposable
{
    // 8 KiB pages hold three bodies of 2.5 KB instead of one; cache_size is in KiB when negative; checkpoints every 64 MiB of log keep the index pages that
    // change again and again from being copied each time.
    private const string CreatePragmas = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL";
    private const string WriterPragmas = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192; PRAGMA temp_store = MEMORY";
    private const string ReaderPragmas = "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY";

    private readonly HighWaterFile _highWater;
    private readonly SnapshotFiles _snapshots;
    private readonly ReadPool _reads;
    private readonly GroupWriter _writer;
    private readonly CommitMark _mark;
    private readonly StoreScanner _scanner;
    private readonly SqliteChainStore _chainStore;
    private readonly ChainId _chain;
    private long _commits;

    private ReplicaDatabase(ReplicaFiles files, SqliteFile writing, ChainId chain, long commits)
    {
        Files = files;
        _chain = chain;
        _commits = commits;
        _mark = new CommitMark(files.CommitMark);
        var lostTail = _mark.FindLostTail(Path.GetFileName(files.Database), commits);
        _highWater = new HighWaterFile(files.HighWater);
        _snapshots = new SnapshotFiles(files.Snapshots);
        _reads = new ReadPool(() => OpenReader(files));
        _writer = new GroupWriter(writing, CountCommit, () => _mark.Write(_commits));
        _scanner = new StoreScanner(() => OpenReader(files), _highWater, _mark, _snapshots, lostTail);
        _chainStore = new SqliteChainStore(_reads, _writer, _scanner);
        Mempool = new SqliteMempoolStore(_reads, _writer);
        Safety = new SqliteSafetyStore(_writer, _highWater);
        Snapshots = _snapshots;
    }

    /// <summary>Where it lies.</summary>
    public ReplicaFiles Files { get; }

    /// <summary>Blocks, certificates, entries, tiles.</summary>
    public IChainStore Chain => _chainStore;

    /// <summary>Entries not yet ordered.</summary>
    public IMempoolStore Mempool { get; }

    /// <summary>The fence against signing twice.</summary>
    public ISafetyStore Safety { get; }

    /// <summary>Exported states.</summary>
    public ISnapshotStore Snapshots { get; }

    /// <summary>The blocks that are still missing below the head, because its state came from peers; null if there are none.</summary>
    public ChainGap? Gap => _chainStore.ReadGap();

    /// <summary>Where a state is kept while it is fetched from peers.</summary>
    internal ISnapshotParts SnapshotParts => new SnapshotParts(Files.SnapshotParts);

    /// <summary>Commits of the file so far.</summary>
    internal long Commits => Interlocked.Read(ref _commits);

    /// <summary>Creates an empty store without a safety row. Only <c>init</c> and a member that lost its folder do this; the latter gets its row back by abstaining, never by creating one.</summary>
    /// <exception cref="StorageException">There already is one.</exception>
    public static Task CreateAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            if (File.Exists(files.Database))
            {
                throw new StorageException($"{files.Database} already exists; it is never overwritten.");
            }

            if (FileRebuild.WasInterrupted(files.Database))
            {
                throw new StorageException($"{files.Database} was being rebuilt from a damaged file, which still lies beside it: open it to go on.");
            }

            Directory.CreateDirectory(files.Folder);
            using (var file = SqliteFile.Open(files.Database, SqliteOpenMode.ReadWriteCreate, CreatePragmas))
            {
                Schema.Migrate(file);
                Schema.Claim(file, chain);
            }

            FolderSync.Flush(files.Folder);
        },
        cancellationToken);

    /// <summary>Opens an existing store and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The file is missing, of a newer version, or belongs to another chain.</exception>
    /// <exception cref="DamageException">The file's structure is damaged: rebuild it.</exception>
    public static Task<ReplicaDatabase> OpenAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken) =>
        Task.Run(() => Open(files, chain), cancellationToken);

    /// <summary>
    /// Opens a store and checks what a start relies on; if any of it is damaged, everything. What can be put right without peers is: a file with a damaged structure is
    /// rebuilt, damaged unordered bodies are dropped, a damaged safety row is removed, so that it counts as missing. Damaged blocks are named for the caller to fetch.
    /// </summary>
    /// <exception cref="StorageException">As for <see cref="OpenAsync"/>, or the disk fails.</exception>
    public static Task<CheckedReplica> OpenCheckedAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken) =>
        StartupCheck.RunAsync(files, chain, cancellationToken);

    /// <summary>
    /// Replaces a file whose structure is damaged by a new one with everything that still matches its hash. The store must be closed. Open and scan it then: what is
    /// missing is fetched from peers.
    /// </summary>
    /// <exception cref="StorageException">There is no file to rebuild, or the disk fails.</exception>
    public static Task<RebuildReport> RebuildAsync(ReplicaFiles files, ChainId chain, CancellationToken cancellationToken) =>
        Task.Run(() => FileRebuild.Run(files, chain, CreatePragmas), cancellationToken);

    /// <summary>
    /// Checks everything while the store is in use, and puts right what needs neither peers nor a new file. Each read checks what it returns besides, so that nothing damaged
    /// is given out before this ends; but what an index does not lead to is taken as not held.
    /// </summary>
    /// <param name="inBackground">Whether to leave the processor to others most of the time.</param>
    /// <param name="cancellationToken">Ends the check; nothing is put right then.</param>
    public async Task<StoreFindings> CheckAsync(bool inBackground, CancellationToken cancellationToken)
    {
        // A thread of its own: the check may take minutes, most of which it rests.
        var found = await Task.Factory.StartNew(
            () => _scanner.Scan(inBackground, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (found.Any(StartupCheck.NeedsRebuild))
        {
            return new StoreFindings(found, Rebuilt: null, ToRepair: [], NeedsRebuild: true, NeedsRestart: true);
        }

        if (found.Count > 0)
        {
            await MendAsync(cancellationToken);
        }

        return new StoreFindings(
            found, Rebuilt: null, StartupCheck.BlocksOf(found), NeedsRebuild: false, NeedsRestart: found.Any(damage => damage is { Height: null, What: "entry" or "pending" or "safety" }));
    }

    /// <summary>
    /// Replaces the file by a new one with everything that still matches its hash, while the store stays open: writes wait, reads fail until it is done. Whoever keeps
    /// anything of the store in memory (the replica, the executed state) must be stopped before and start anew after.
    /// </summary>
    /// <exception cref="StorageException">It is damaged again, or the disk fails.</exception>
    public async Task<StoreFindings> ReplaceFileAsync(CancellationToken cancellationToken)
    {
        var rebuilt = await _writer.ExchangeAsync(
            () => _reads.Exclusively(() =>
            {
                var report = FileRebuild.Run(Files, _chain, CreatePragmas);
                Interlocked.Exchange(ref _commits, 0);
                return report;
            }),
            () => SqliteFile.Open(Files.Database, SqliteOpenMode.ReadWrite, WriterPragmas));
        var findings = await CheckAsync(inBackground: false, cancellationToken);
        return findings.NeedsRebuild
            ? throw new StorageException($"{Files.Database} is damaged again right after it was rebuilt; the disk is failing. {string.Join("; ", findings.Found)}")
            : findings with { Rebuilt = rebuilt };
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _reads.Dispose();
        await _writer.DisposeAsync();
    }

    /// <summary>Goes on from a state that came from peers; whoever keeps anything of the store in memory must start anew.</summary>
    /// <exception cref="InvalidOperationException">The state is not above the head.</exception>
    internal async Task AdoptAsync(FetchedSnapshot fetched, CancellationToken cancellationToken)
    {
        // The blocks last: while they are missing nothing refers to what was stored before them.
        await Mempool.StoreBodiesAsync(fetched.Bodies, cancellationToken);
        await Snapshots.SaveAsync(fetched.Offer.Height, fetched.State, cancellationToken);
        await _chainStore.AdoptAsync(fetched.Offer.Base, fetched.Offer.Edge, fetched.Offer.Next, cancellationToken);
    }

    /// <summary>Whether what a start relies on is sound.</summary>
    internal Task<bool> IsTailSoundAsync(CancellationToken cancellationToken) => Task.Run(() => _scanner.ScanTail(cancellationToken).Count == 0, cancellationToken);

    /// <summary>Puts right what needs no peer.</summary>
    internal async Task MendAsync(CancellationToken cancellationToken)
    {
        await Mempool.MendAsync(cancellationToken);
        await _writer.RunAsync(SafetyTable.DeleteIfDamaged, 0, urgent: true, cancellationToken);
        await _writer.RunAsync(GapTable.DeleteIfDamaged, 0, urgent: true, cancellationToken);
        _highWater.Mend();
        _mark.Mend(Commits);
        _snapshots.DeleteDamaged();
    }

    internal static SqliteFile OpenReader(ReplicaFiles files) => SqliteFile.Open(files.Database, SqliteOpenMode.ReadWrite, ReaderPragmas);

    /// <summary>Moves the log into the database, so that a test has both a filled file and a filled log.</summary>
    internal async Task CheckpointAsync()
    {
        // Not possible inside a transaction, hence not on the writer's connection.
        await Task.Run(() => _reads.Read(file =>
        {
            file.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            return true;
        }));
    }

    /// <summary>Bounds the file's size, so that a test can fill the disk without filling one.</summary>
    internal Task LimitPagesAsync(int pages) => _writer.RunAsync(
        file =>
        {
            file.Execute($"PRAGMA max_page_count = {pages}");
            return true;
        },
        0, urgent: true, CancellationToken.None);

    private static ReplicaDatabase Open(ReplicaFiles files, ChainId chain)
    {
        if (!File.Exists(files.Database))
        {
            throw new StorageException($"{files.Database} is missing. A store is created by 'dems init' only; a missing one is never taken for a new one.");
        }

        var file = SqliteFile.Open(files.Database, SqliteOpenMode.ReadWrite, WriterPragmas);
        try
        {
            Schema.Migrate(file);
            var (owner, commits) = Schema.ReadStore(file);
            return owner == chain
                ? new ReplicaDatabase(files, file, chain, commits)
                : throw new StorageException($"{files.Database} belongs to chain {owner}, not to {chain}.");
        }
        catch (StorageException)
        {
            file.Dispose();
            throw;
        }
    }

    private void CountCommit(SqliteFile file)
    {
        Schema.WriteCommits(file, _chain, _commits + 1);
        _commits++;
    }
}
