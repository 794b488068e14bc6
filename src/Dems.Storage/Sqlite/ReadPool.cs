using System.Collections.Concurrent;

namespace Dems.Storage.Sqlite;

/// <summary>Read connections of one database. Under WAL each sees the newest commit and neither waits for the writer nor makes it wait.</summary>
internal sealed class ReadPool(Func<SqliteFile> open) : IDisposable
{
    // More than one per core gains nothing: reads are synchronous and short.
    private static readonly int MaxIdle = Math.Max(4, Environment.ProcessorCount * 2);

    private readonly ConcurrentBag<SqliteFile> _idle = [];
    private int _disposed;

    /// <summary>Runs a read on a connection of its own.</summary>
    public T Read<T>(Func<SqliteFile, T> read)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, 1);
        while (_idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}
