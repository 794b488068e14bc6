using Dems.Simulation.World;

namespace Dems.Simulation.Storage;

/// <summary>
/// A disk behind one writer. A write is a transaction of one or more parts that become durable in order, after a while; a crash before that leaves some prefix
/// of the unsynced writes. A write that the crash tears fails its checksum when the log is replayed, which is the same as not written.
/// </summary>
internal sealed class SimulatedDisk(EventLoop loop, SimulationRandom random)
{
    private readonly LinkedList<Write> _unsynced = [];
    private long _freeAt;

    public DiskImage Image { get; private set; } = new();

    /// <summary>Writes fail before this virtual time: the disk is full.</summary>
    public long FullUntil { get; set; }

    /// <summary>Starts a write.</summary>
    /// <param name="parts">What becomes durable, in this order.</param>
    /// <param name="done">Called when all is durable, or with false when the disk is full and nothing was written.</param>
    public void Begin(IReadOnlyList<Action<DiskImage>> parts, Action<bool> done)
    {
        var latency = random.Between(100, 2_000) * (random.Chance(20) ? 20 : 1);
        _freeAt = Math.Max(loop.Now, _freeAt) + latency;
        var write = _unsynced.AddLast(new Write(parts, done));
        loop.After(_freeAt - loop.Now, () => Complete(write));
    }

    /// <summary>Time that reading takes.</summary>
    public long ReadTime() => random.Between(50, 1_000);

    /// <summary>The power fails: some prefix of the unsynced parts was written.</summary>
    public void Crash()
    {
        var parts = _unsynced.SelectMany(w => w.Parts).ToList();
        var written = loop.Now < FullUntil || parts.Count == 0 || random.Chance(500) ? 0 : random.Below(parts.Count + 1);
        foreach (var part in parts.Take(written))
        {
            part(Image);
        }

        _unsynced.Clear();
        _freeAt = loop.Now;
    }

    /// <summary>The folder is replaced: by a backup, by an empty one.</summary>
    public void Replace(DiskImage image) => Image = image;

    private void Complete(LinkedListNode<Write> write)
    {
        if (write.List != _unsynced)
        {
            return;
        }

        _unsynced.Remove(write);
        var full = loop.Now < FullUntil;
        if (!full)
        {
            foreach (var part in write.Value.Parts)
            {
                part(Image);
            }
        }

        write.Value.Done(!full);
    }

    private sealed record Write(IReadOnlyList<Action<DiskImage>> Parts, Action<bool> Done);
}
