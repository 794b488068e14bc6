using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>
/// Query tables of readings and results in a file of their own. A missing, damaged or outdated file is created anew: the chain holds everything that is in it. Opening
/// begins a check of the whole file, which everything else waits for; rows that are damaged later are found by whoever reads them.
/// </summary>
public sealed class ReadingProjection : IReadingProjection
{
    // Losing the newest commits to a power failure is harmless here, since the applied height goes with them; so no fsync per commit.
    private const string WriterPragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536";
    private const string ReaderPragmas = "PRAGMA query_only = ON";

    private readonly string _path;
    private readonly Lock _writing = new();
    private readonly CancellationTokenSource _stop = new();
    private SqliteFile _writer;
    private volatile ReadPool _reads;
    private volatile TaskCompletionSource<Damage> _damaged = NewSignal();

    private ReadingProjection(string path)
    {
        _path = path;
        _writer = OpenOrCreate(path, out var damage);
        _reads = new ReadPool(OpenReader);
        Checked = Task.Run(() => damage ?? Check());
    }

    /// <inheritdoc/>
    public Task<Damage?> Checked { get; }

    /// <inheritdoc/>
    public Task<Damage> Damaged => _damaged.Task;

    /// <summary>Opens the file, or creates it.</summary>
    /// <exception cref="StorageException">The file cannot be opened or created.</exception>
    public static Task<ReadingProjection> OpenAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => new ReadingProjection(path), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Height> ReadHeightAsync(CancellationToken cancellationToken) => ReadAsync(file => AppliedTable.Read(file).Height, cancellationToken);

    /// <inheritdoc/>
    public Task ApplyAsync(
        Height height, IEnumerable<ProjectedReading> readings, IReadOnlyList<ProjectedResults> results, CancellationToken cancellationToken) =>
        WriteAsync(file => Apply(file, height, readings, results), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ProjectedResults?> ReadResultsAsync(Height height, CancellationToken cancellationToken) =>
        ReadAsync(file => ResultsTable.Find(file, height), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadingPage> QueryAsync(ReadingQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, ReadingQuery.MaxLimit);
        return ReadAsync(file => ReadingSearch.Run(file, query), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProjectedNode>> ListNodesAsync(NodeAddress after, int limit, CancellationToken cancellationToken) => ReadAsync(
        IReadOnlyList<ProjectedNode> (file) =>
            [.. NodeTable.List(file, after, limit).Select(node => new ProjectedNode(node.Address, node.Readings, node.FirstStart, node.LastEnd))],
        cancellationToken);

    /// <inheritdoc/>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        await Checked.WaitAsync(cancellationToken);
        await Task.Run(Recreate, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Checked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _reads.Dispose();
        _writer.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource<Damage> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static SqliteFile OpenOrCreate(string path, out Damage? damage)
    {
        damage = null;
        SqliteFile? file = null;
        try
        {
            file = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate, WriterPragmas);
            if (ReadingSchema.TryPrepare(file))
            {
                return file;
            }
        }
        catch (DamageException e)
        {
            damage = e.Damage;
        }

        file?.Dispose();
        return Create(path);
    }

    private static SqliteFile Create(string path)
    {
        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }

        var created = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate, WriterPragmas);
        ReadingSchema.TryPrepare(created);
        return created;
    }

    private static void Apply(SqliteFile file, Height height, IEnumerable<ProjectedReading> readings, IReadOnlyList<ProjectedResults> results)
    {
        var applied = AppliedTable.Read(file);
        if (height > applied.Height)
        {
            var inserted = ResultsTable.Insert(file, results);
            new ReadingWriter(file).Write(readings);
            AppliedTable.Write(file, height, applied.Results + inserted);
        }
    }

    private Damage? Check()
    {
        Damage? damage;
        try
        {
            // A connection of its own: one that has read sound pages into its cache would not see the damage below.
            using var file = OpenReader();
            damage = ProjectionScan.Run(file, _stop.Token);
        }
        catch (DamageException e)
        {
            damage = e.Damage;
        }

        if (damage is not null)
        {
            Recreate();
        }

        return damage;
    }

    private void Recreate()
    {
        lock (_writing)
        {
            _reads.Dispose();
            _writer.Dispose();
            _writer = Create(_path);
            _reads = new ReadPool(OpenReader);
            _damaged = NewSignal();
        }
    }

    private SqliteFile OpenReader() => SqliteFile.Open(_path, SqliteOpenMode.ReadWrite, ReaderPragmas);

    private async ValueTask<T> ReadAsync<T>(Func<SqliteFile, T> read, CancellationToken cancellationToken)
    {
        await Checked.WaitAsync(cancellationToken);
        var damaged = _damaged;
        await ThrowIfDamagedAsync(damaged);
        return Guard(damaged, () => _reads.Read(read));
    }

    private async Task WriteAsync(Action<SqliteFile> change, CancellationToken cancellationToken)
    {
        await Checked.WaitAsync(cancellationToken);
        var damaged = _damaged;
        await ThrowIfDamagedAsync(damaged);
        await Task.Run(
            () =>
            {
                lock (_writing)
                {
                    Guard(damaged, () => Transact(change));
                }
            },
            cancellationToken);
    }

    private static async ValueTask ThrowIfDamagedAsync(TaskCompletionSource<Damage> damaged)
    {
        if (damaged.Task.IsCompletedSuccessfully)
        {
            throw new DamageException(await damaged.Task);
        }
    }

    // Where one row is damaged others may be: nothing is given out until the tables are built anew.
    private static T Guard<T>(TaskCompletionSource<Damage> damaged, Func<T> use)
    {
        try
        {
            return use();
        }
        catch (DamageException e)
        {
            damaged.TrySetResult(e.Damage);
            throw;
        }
    }

    private bool Transact(Action<SqliteFile> change)
    {
        _writer.Execute("BEGIN IMMEDIATE");
        try
        {
            change(_writer);
            _writer.Execute("COMMIT");
            return true;
        }
        finally
        {
            if (_writer.InTransaction)
            {
                _writer.Execute("ROLLBACK");
            }
        }
    }
}
