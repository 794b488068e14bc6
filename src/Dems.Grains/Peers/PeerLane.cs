namespace Dems.Grains.Peers;

/// <summary>
/// The bounded outbox of one peer and one kind of traffic: when it is full, by count or by bytes, the oldest frames go, because the replica repeats what
/// still matters. Votes and bodies have lanes of their own, so that a vote never queues behind a megabyte of bodies.
/// </summary>
internal sealed class PeerLane : IDisposable
{
    private readonly Queue<ReadOnlyMemory<byte>> _frames = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly int _maxFrames;
    private readonly long _maxBytes;
    private long _bytes;

    public PeerLane(int maxFrames, long maxBytes)
    {
        _maxFrames = maxFrames;
        _maxBytes = maxBytes;
    }

    /// <summary>Frames dropped since the start, because newer ones needed the room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Frames waiting.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _frames.Count;
            }
        }
    }

    public void Add(ReadOnlyMemory<byte> frame)
    {
        lock (_gate)
        {
            _frames.Enqueue(frame);
            _bytes += frame.Length;
            while (_frames.Count > 1 && (_frames.Count > _maxFrames || _bytes > _maxBytes))
            {
                _bytes -= _frames.Dequeue().Length;
                Dropped++;
            }

            if (_signal.CurrentCount == 0)
            {
                _signal.Release();
            }
        }
    }

    /// <summary>Waits for frames and takes the oldest, up to a number and a size; always at least one.</summary>
    public async Task<List<ReadOnlyMemory<byte>>> TakeAsync(int maxFrames, long maxBytes, CancellationToken cancellationToken)
    {
        var taken = new List<ReadOnlyMemory<byte>>();
        while (taken.Count == 0)
        {
            await _signal.WaitAsync(cancellationToken);
            lock (_gate)
            {
                var bytes = 0L;
                while (taken.Count < maxFrames && _frames.TryPeek(out var next) && (taken.Count == 0 || bytes + next.Length <= maxBytes))
                {
                    taken.Add(_frames.Dequeue());
                    bytes += next.Length;
                    _bytes -= next.Length;
                }

                if (_frames.Count > 0 && _signal.CurrentCount == 0)
                {
                    _signal.Release();
                }
            }
        }

        return taken;
    }

    public void Dispose() => _signal.Dispose();
}
