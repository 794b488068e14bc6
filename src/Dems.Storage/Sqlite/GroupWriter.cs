using Dems.Replication.Ports;

namespace Dems.Storage.Sqlite;

/// <summary>
/// The one writer of a database: a thread that takes operations from a bounded queue and commits them in groups, so that concurrent callers share
/// one fsync. Each operation runs in a savepoint: one that fails leaves the others of its group alone. Callers complete after the commit.
/// </summary>
internal sealed class GroupWriter : IAsyncDisposable
{
    /// <summary>Most operations that wait; further callers wait for room.</summary>
    public const int MaxQueued = 1024;

    /// <summary>Most operations of one commit.</summary>
    public const int MaxGroup = 256;

    /// <summary>Bytes after which a group is committed: longer ones add latency and no throughput.</summary>
    public const long MaxGroupBytes = 8L * 1024 * 1024;

    private SqliteFile _connection;
    private readonly Action<SqliteFile> _beforeCommit;
    private readonly Action _afterCommit;

    // Not disposed of: callers may still wait in it when the writer closes, and it holds no handle.
    private readonly SemaphoreSlim _room = new(MaxQueued);
    private readonly Lock _gate = new();
    private readonly Queue<(WriteOperation Operation, long Bytes)> _urgent = new();
    private readonly Queue<(WriteOperation Operation, long Bytes)> _ordinary = new();
    private readonly Queue<Action> _exchanges = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private bool _closing;
    private StorageException? _poison;

    /// <param name="connection">The writing connection; owned from here on.</param>
    /// <param name="beforeCommit">Runs inside each transaction, last.</param>
    /// <param name="afterCommit">Runs after each commit, before the callers complete.</param>
    public GroupWriter(SqliteFile connection, Action<SqliteFile> beforeCommit, Action afterCommit)
    {
        _connection = connection;
        _beforeCommit = beforeCommit;
        _afterCommit = afterCommit;
        _thread = new Thread(Run) { IsBackground = true, Name = $"write {connection.Name}" };
        _thread.Start();
    }

    /// <summary>Queues a change and completes when it is durable. An urgent one (a vote waits for it) goes before what is queued.</summary>
    /// <exception cref="StorageException">The change has not happened, or the store refuses all further ones.</exception>
    public async Task<T> RunAsync<T>(Func<SqliteFile, T> change, long bytes, bool urgent, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var operation = new QueuedWrite<T>(change);
        lock (_gate)
        {
            if (_closing || _poison is not null)
            {
                _room.Release();
                throw _poison is null ? new StorageException($"{_connection.Name} is closed.") : Poisoned(_poison);
            }

            (urgent ? _urgent : _ordinary).Enqueue((operation, bytes));
            _wake.Set();
        }

        return await operation.Task;
    }

    /// <summary>
    /// Closes the file between two groups, lets it be replaced, and opens it again. What is queued waits. The new connection is trusted again after a fault of the old one; if
    /// there is none, the store refuses further writes.
    /// </summary>
    public Task<T> ExchangeAsync<T>(Func<T> replace, Func<SqliteFile> open)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _exchanges.Enqueue(() => Exchange(replace, open, completion));
            _wake.Set();
        }

        return completion.Task;
    }

    /// <summary>Commits what is queued and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closing = true;
            _wake.Set();
        }

        await Task.Run(_thread.Join);
        _connection.Dispose();
        _wake.Dispose();
    }

    private static StorageException Poisoned(StorageException cause) =>
        new($"The store refuses further writes after a fault and must be opened again: {cause.Message}", cause);

    private void Run()
    {
        var group = new List<WriteOperation>(MaxGroup);
        while (TakeGroup(group))
        {
            Commit(group);
            _room.Release(group.Count);
            group.Clear();
        }
    }

    private bool TakeGroup(List<WriteOperation> group)
    {
        while (true)
        {
            Action? exchange;
            lock (_gate)
            {
                var bytes = 0L;
                var isExchange = _exchanges.TryDequeue(out exchange);
                while (!isExchange && group.Count < MaxGroup && bytes < MaxGroupBytes && (_urgent.TryDequeue(out var next) || _ordinary.TryDequeue(out next)))
                {
                    group.Add(next.Operation);
                    bytes += next.Bytes;
                }

                if (group.Count > 0 || (_closing && !isExchange))
                {
                    return group.Count > 0;
                }
            }

            if (exchange is not null)
            {
                exchange();
            }
            else
            {
                _wake.WaitOne();
            }
        }
    }

    private void Exchange<T>(Func<T> replace, Func<SqliteFile> open, TaskCompletionSource<T> completion)
    {
        try
        {
            _connection.Dispose();
            var result = replace();
            _connection = open();
            lock (_gate)
            {
                _poison = null;
            }

            completion.SetResult(result);
        }
        catch (Exception e) when (e is StorageException or IOException)
        {
            Poison(new StorageException(e.Message, e));
            completion.SetException(e);
        }
    }

    private void Commit(List<WriteOperation> group)
    {
        var done = new List<WriteOperation>(group.Count);
        var failed = new List<(WriteOperation Operation, Exception Reason)>();
        try
        {
            if (_poison is { } poison)
            {
                throw Poisoned(poison);
            }

            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var operation in group)
            {
                ExecuteOne(operation, done, failed);
            }

            _beforeCommit(_connection);
            _connection.Execute("COMMIT");
        }
        catch (StorageException fault)
        {
            Abandon(group, failed, fault);
            return;
        }

        try
        {
            _afterCommit();
        }
        catch (IOException e)
        {
            // The group is durable and its callers may know; what comes next must not run unwatched.
            Poison(new StorageException(e.Message, e));
        }

        done.ForEach(operation => operation.Complete());
        failed.ForEach(one => one.Operation.Fail(one.Reason));
    }

    private void ExecuteOne(WriteOperation operation, List<WriteOperation> done, List<(WriteOperation, Exception)> failed)
    {
        _connection.Execute("SAVEPOINT op");
        try
        {
            operation.Execute(_connection);
            _connection.Execute("RELEASE op");
            done.Add(operation);
        }
        catch (Exception reason) when (_connection.InTransaction && reason is not SqliteFault { IsDoubtful: true })
        {
            // Any exception of the caller's own change (a refused height, say) is its answer; the others of the group go on.
            _connection.Execute("ROLLBACK TO op; RELEASE op");
            failed.Add((operation, reason));
        }
    }

    // Nothing of the group has happened. Whether the file can still be trusted depends on the fault.
    private void Abandon(List<WriteOperation> group, List<(WriteOperation Operation, Exception Reason)> failed, StorageException fault)
    {
        try
        {
            if (_connection.InTransaction)
            {
                _connection.Execute("ROLLBACK");
            }
        }
        catch (StorageException second)
        {
            fault = new StorageException($"{fault.Message}; the rollback failed too: {second.Message}", fault);
            Poison(fault);
        }

        if (fault is SqliteFault { IsDoubtful: true } or DamageException)
        {
            Poison(fault);
        }

        var own = failed.ToDictionary(one => one.Operation, one => one.Reason);
        foreach (var operation in group)
        {
            operation.Fail(own.GetValueOrDefault(operation, fault));
        }
    }

    private void Poison(StorageException fault)
    {
        lock (_gate)
        {
            _poison ??= fault;
        }
    }
}
