using System.Collections.Concurrent;

namespace Dems.Grains.Crypto;

/// <summary>
/// The process's bounded place for signature checks: threads of its own, one per core, so that a flood of checks never delays the pumps on the thread
/// pool, and a bounded queue, so that it never grows either. When the queue is full the caller either waits (peers: flow control reaches the sender)
/// or is refused (edge: 503).
/// </summary>
public sealed class VerifierPool : IDisposable
{
    /// <summary>Pieces of work that may wait.</summary>
    public const int DefaultCapacity = 8_192;

    private readonly BlockingCollection<Action> _queue = new(new ConcurrentQueue<Action>());
    private readonly SemaphoreSlim _slots;
    private readonly Thread[] _threads;

    /// <summary>One thread per core and the default capacity.</summary>
    public VerifierPool()
        : this(Environment.ProcessorCount, DefaultCapacity)
    {
    }

    /// <summary>Chosen threads and capacity.</summary>
    public VerifierPool(int threads, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _slots = new SemaphoreSlim(capacity, capacity);
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"dems-verify-{i}" };
            _threads[i].Start();
        }
    }

    /// <summary>Runs work on the pool's threads; waits while the queue is full. An exception of the work reaches the caller.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        return await Enqueue(work);
    }

    /// <summary>Runs work on the pool's threads; false when the queue is full now.</summary>
    public bool TryRun<T>(Func<T> work, out Task<T> result)
    {
        var free = _slots.Wait(0);
        result = free ? Enqueue(work) : Task.FromCanceled<T>(new CancellationToken(canceled: true));
        return free;
    }

    /// <summary>Finishes what is queued and ends the threads.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        foreach (var thread in _threads)
        {
            thread.Join();
        }

        _queue.Dispose();
        _slots.Dispose();
    }

    private Task<T> Enqueue<T>(Func<T> work)
    {
        // Continuations leave these threads at once: what follows a check is not checking.
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() =>
        {
            try
            {
                completion.SetResult(work());
            }
            catch (Exception e)
            {
                completion.SetException(e);
            }
        });
        return completion.Task;
    }

    private void Work()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            _slots.Release();
            work();
        }
    }
}
