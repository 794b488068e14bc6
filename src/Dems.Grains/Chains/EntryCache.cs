using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Opened entries in memory, bounded by their number and bytes. The oldest go first: whoever misses one opens it again from the disk.</summary>
public sealed class EntryCache : IEntryCache
{
    /// <summary>Most entries kept by default.</summary>
    public const int DefaultMaxEntries = 65_536;

    /// <summary>Most encoded bytes kept by default: 128 MiB.</summary>
    public const long DefaultMaxBytes = 128L * 1024 * 1024;

    private readonly ConcurrentDictionary<LeafHash, OpenedEntry> _entries = new();
    private readonly ConcurrentQueue<LeafHash> _byAge = new();
    private readonly int _maxEntries;
    private readonly long _maxBytes;
    private long _bytes;

    /// <summary>A cache with the default bounds.</summary>
    public EntryCache()
        : this(DefaultMaxEntries, DefaultMaxBytes)
    {
    }

    /// <summary>A cache with chosen bounds.</summary>
    public EntryCache(int maxEntries, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        (_maxEntries, _maxBytes) = (maxEntries, maxBytes);
    }

    /// <summary>Entries kept now.</summary>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public void Add(OpenedEntry entry)
    {
        if (!_entries.TryAdd(entry.Leaf, entry))
        {
            return;
        }

        _byAge.Enqueue(entry.Leaf);
        Interlocked.Add(ref _bytes, entry.Bytes.Length);

        // Removed entries leave their place in the queue behind, so the queue is bounded too.
        while ((_entries.Count > _maxEntries || Volatile.Read(ref _bytes) > _maxBytes || _byAge.Count > 2 * _maxEntries) && _byAge.TryDequeue(out var oldest))
        {
            Remove(oldest);
        }
    }

    /// <inheritdoc/>
    public bool TryGet(LeafHash leaf, [NotNullWhen(true)] out OpenedEntry? entry) => _entries.TryGetValue(leaf, out entry);

    /// <inheritdoc/>
    public void Remove(LeafHash leaf)
    {
        if (_entries.TryRemove(leaf, out var removed))
        {
            Interlocked.Add(ref _bytes, -removed.Bytes.Length);
        }
    }
}
