using Dems.Core.Ledger;

namespace Dems.Replication.Shell;

/// <summary>
/// Those who wait for something to become known of a content id. Any number may wait for the same one, and each may leave without disturbing the others. Safe for
/// concurrent use; bounded by those who wait.
/// </summary>
internal sealed class WaitingRoom<T>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentId, Table> _tables = [];

    /// <summary>Content ids that somebody waits for.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _tables.Count;
            }
        }
    }

    /// <summary>A task that completes with the next call for the content id.</summary>
    public Task<T> Enter(ContentId content)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(content, out var table))
            {
                _tables[content] = table = new Table();
            }

            table.Guests++;
            return table.Answer.Task;
        }
    }

    /// <summary>Ends one guest's wait, called or not.</summary>
    /// <param name="task">What that guest got on entering: the content id may have been called and waited for anew since.</param>
    public void Leave(ContentId content, Task<T> task)
    {
        lock (_gate)
        {
            if (_tables.TryGetValue(content, out var table) && table.Answer.Task == task && --table.Guests == 0)
            {
                _tables.Remove(content);
            }
        }
    }

    /// <summary>Answers all who wait for a content id now.</summary>
    public void Call(ContentId content, T answer)
    {
        Table? table;
        lock (_gate)
        {
            _tables.Remove(content, out table);
        }

        table?.Answer.TrySetResult(answer);
    }

    private sealed class Table
    {
        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Guests { get; set; }
    }
}
