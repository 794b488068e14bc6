using System.Collections.Concurrent;
using Dems.Core.Ledger;

namespace Dems.Replication.Shell;

/// <summary>Where submissions wait, outside any grain, for promises and for finality. Safe for concurrent use.</summary>
internal sealed class PromiseDesk
{
    private readonly ConcurrentDictionary<ContentId, TaskCompletionSource<IReadOnlyList<EntryPromise>>> _promises = new();
    private readonly ConcurrentDictionary<ContentId, TaskCompletionSource<Height>> _finals = new();

    /// <summary>A task that completes with the promises for a content id. Call before the entry is announced.</summary>
    public Task<IReadOnlyList<EntryPromise>> PromisesOf(ContentId content) =>
        _promises.GetOrAdd(content, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Promised(ContentId content, IReadOnlyList<EntryPromise> promises)
    {
        if (_promises.TryRemove(content, out var waiter))
        {
            waiter.TrySetResult(promises);
        }
    }

    /// <summary>A task that completes with the height at which a content id becomes final.</summary>
    public Task<Height> FinalityOf(ContentId content) =>
        _finals.GetOrAdd(content, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Final(ContentId content, Height height)
    {
        if (_finals.TryRemove(content, out var waiter))
        {
            waiter.TrySetResult(height);
        }

        // What is final needs no promise any more.
        Promised(content, []);
    }

    public void Abandon(ContentId content)
    {
        _promises.TryRemove(content, out _);
        _finals.TryRemove(content, out _);
    }
}
