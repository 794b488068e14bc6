namespace Dems.Storage.Sqlite;

/// <summary>An operation with an answer. The caller goes on after the commit, on its own scheduler.</summary>
internal sealed class QueuedWrite<T>(Func<SqliteFile, T> change) : WriteOperation
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Completes after the commit.</summary>
    public Task<T> Task => _completion.Task;

    public override void Execute(SqliteFile connection) => _result = change(connection);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception reason) => _completion.TrySetException(reason);
}
