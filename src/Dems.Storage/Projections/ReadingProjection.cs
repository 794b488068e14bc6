using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dems.Storage.Projections;

/// <summary>Query tables of readings in a file of their own. A missing, damaged or outdated file is created anew: the chain holds everything that is in it.</summary>
public sealed class ReadingProjection : IReadingProjection, IDisposable
{
    // Losing the newest commits to a power failure is harmless here, since the applied height goes with them; so no fsync per commit.
    private const string WriterPragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536";
    private const string ReaderPragmas = "PRAGMA query_only = ON";

    private readonly string _path;
    private readonly Lock _writing = new();
    private readonly SqliteFile _writer;
    private readonly ReadPool _reads;

    private ReadingProjection(string path)
    {
        _path = path;
        _writer = OpenOrCreate(path);
        _reads = new ReadPool(OpenReader);
    }

    /// <summary>Opens the file, or creates it.</summary>
    /// <exception cref="StorageException">The file cannot be opened or created.</exception>
    public static Task<ReadingProjection> OpenAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => new ReadingProjection(path), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Height> ReadHeightAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_reads.Read(ReadHeight));

    /// <inheritdoc/>
    public Task ApplyAsync(
        Height height, IReadOnlyList<ProjectedReading> readings, IReadOnlyList<ProjectedResults> results, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            lock (_writing)
            {
                if (height > ReadHeight(_writer))
                {
                    Transact(file => Write(file, height, readings, results));
                }
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ProjectedResults?> ReadResultsAsync(Height height, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_reads.Read(file => ResultsTable.Find(file, height)));

    /// <inheritdoc/>
    public ValueTask<ReadingPage> QueryAsync(ReadingQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, ReadingQuery.MaxLimit);
        return ValueTask.FromResult(_reads.Read(file => ReadingSearch.Run(file, query)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProjectedNode>> ListNodesAsync(NodeAddress after, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ProjectedNode>>(_reads.Read(file => ReadingSearch.ListNodes(file, after, limit)));

    /// <inheritdoc/>
    public Task ClearAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            lock (_writing)
            {
                Transact(file => file.Execute("DELETE FROM reading; DELETE FROM node; DELETE FROM result; UPDATE applied SET height = 0"));
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reads.Dispose();
        _writer.Dispose();
    }

    private static SqliteFile OpenOrCreate(string path)
    {
        try
        {
            var file = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate, WriterPragmas);
            if (ReadingSchema.TryPrepare(file))
            {
                return file;
            }

            file.Dispose();
        }
        catch (DamageException)
        {
            // Created anew below.
        }

        foreach (var suffix in new[] { "", "-wal", "-shm" })
        {
            File.Delete(path + suffix);
        }

        var created = SqliteFile.Open(path, SqliteOpenMode.ReadWriteCreate, WriterPragmas);
        ReadingSchema.TryPrepare(created);
        return created;
    }

    private static void Write(SqliteFile file, Height height, IReadOnlyList<ProjectedReading> readings, IReadOnlyList<ProjectedResults> results)
    {
        ResultsTable.Insert(file, results);
        new ReadingWriter(file).Write(height, readings);
    }

    private static Height ReadHeight(SqliteFile file)
    {
        using var select = file.Query("SELECT height FROM applied WHERE id = 1");
        return select.Step() ? new Height(select.Integer(0)) : Height.Genesis;
    }

    private SqliteFile OpenReader() => SqliteFile.Open(_path, SqliteOpenMode.ReadWrite, ReaderPragmas);

    private void Transact(Action<SqliteFile> change)
    {
        _writer.Execute("BEGIN IMMEDIATE");
        try
        {
            change(_writer);
            _writer.Execute("COMMIT");
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
