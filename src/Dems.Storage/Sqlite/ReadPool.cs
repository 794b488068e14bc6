using System.Collections.Concurrent;
using Dems.Replication.Ports;

namespace Dems.Storage.Sqlite;

/// <summary>Read connections of one database. Under WAL each sees the newest commit and neither waits for the writer nor makes it wait.</summary>
internal sealed class ReadPool(Func<SqliteFile> open) : IDisposable
{
    // More than one per core gains nothing: reads are synchronous and short.
    private static readonly int MaxIdle = Math.Max(4, Environment.ProcessorCount * 2);

    private readonly ConcurrentBag<SqliteFile> _idle = [];
    private readonly ReaderWriterLockSlim _gate = new();
    private int _disposed;

    /// <summary>Runs a read on a connection of its own.</summary>
    /// <exception cref="StorageException">The file is being replaced: nobody's thread waits for that.</exception>
    public T Read<T>(Func<SqliteFile, T> read)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (!_gate.TryEnterReadLock(0))
        {
            throw new StorageException("The store is being rebuilt from what is sound in it; try again later.");
        }

        try
        {
            return ReadInside(read);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Waits for the reads that run, closes all connections and runs a change of the file; reads fail meanwhile.</summary>
    public T Exclusively<T>(Func<T> change)
    {
        _gate.EnterWriteLock();
        try
        {
            CloseIdle();
            return change();
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The gate holds no handle that must be closed, and a late reader may still leave it.
        Volatile.Write(ref _disposed, 1);
        CloseIdle();
    }

    private T ReadInside<T>(Func<SqliteFile, T> read)
    {
        var connection = _idle.TryTake(out var idle) ? idle : open();
        var sound = false;
        try
        {
            var result = read(connection);
            sound = true;
            return result;
        }
        finally
        {
            // A connection whose read failed is closed, not reused.
            if (sound && _idle.Count < MaxIdle && Volatile.Read(ref _disposed) == 0)
            {
                _idle.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
