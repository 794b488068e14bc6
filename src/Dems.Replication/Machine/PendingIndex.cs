using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Replication.Machine;

/// <summary>
/// Durable entries that wait to be ordered, oldest first. Selection for a block takes the oldest, with a quota per signer while others wait, so that one sender
/// cannot crowd out the rest. The leaves that were ordered last are remembered: an answer of the disk that was on its way while they were ordered still calls
/// them pending, and a replica that believed it would propose, and accept, blocks that every other one refuses.
/// </summary>
internal sealed class PendingIndex
{
    /// <summary>Ordered leaves that are remembered: sixteen full blocks, where an answer of the disk is at most a few blocks old.</summary>
    public const int MaxRemembered = 16 * Block.MaxEntries;

    private readonly LinkedList<PendingEntry> _byAge = [];
    private readonly Queue<LeafHash> _orderedByAge = new();
    private readonly HashSet<LeafHash> _ordered = [];
    private readonly Dictionary<LeafHash, LinkedListNode<PendingEntry>> _byLeaf = [];

    public int Count => _byLeaf.Count;

    public long Bytes { get; private set; }

    public bool Contains(LeafHash leaf) => _byLeaf.ContainsKey(leaf);

    public PendingEntry? Find(LeafHash leaf) => _byLeaf.TryGetValue(leaf, out var node) ? node.Value : null;

    /// <summary>Content ids of those leaves that are held, in the order given.</summary>
    public IReadOnlyList<ContentId> ContentsOf(IEnumerable<LeafHash> leaves)
    {
        var contents = new List<ContentId>();
        foreach (var leaf in leaves)
        {
            if (_byLeaf.TryGetValue(leaf, out var node))
            {
                contents.Add(node.Value.Content);
            }
        }

        return contents;
    }

    public IEnumerable<PendingEntry> Oldest(int count) => _byAge.Take(count);

    /// <summary>Whether the leaf is on the chain, as far as is remembered.</summary>
    public bool WasOrdered(LeafHash leaf) => _ordered.Contains(leaf);

    public bool Add(PendingEntry entry)
    {
        if (_byLeaf.ContainsKey(entry.Leaf) || _ordered.Contains(entry.Leaf))
        {
            return false;
        }

        _byLeaf[entry.Leaf] = _byAge.AddLast(entry);
        Bytes += entry.Size;
        return true;
    }

    /// <summary>The leaves are on the chain now.</summary>
    public void Ordered(IEnumerable<LeafHash> leaves)
    {
        foreach (var leaf in leaves)
        {
            if (_ordered.Add(leaf))
            {
                _orderedByAge.Enqueue(leaf);
            }

            if (_byLeaf.Remove(leaf, out var node))
            {
                Bytes -= node.Value.Size;
                _byAge.Remove(node);
            }
        }

        while (_orderedByAge.Count > MaxRemembered)
        {
            _ordered.Remove(_orderedByAge.Dequeue());
        }
    }

    /// <summary>The leaves of a block: at most <paramref name="maxEntries"/> entries and <paramref name="maxBytes"/> bytes.</summary>
    public List<LeafHash> Select(int maxEntries, long maxBytes, int signerQuota)
    {
        var chosen = new List<LeafHash>(Math.Min(maxEntries, Count));
        var taken = new Dictionary<Hash32, int>();
        var overQuota = new List<PendingEntry>();
        var bytes = 0L;
        foreach (var entry in _byAge)
        {
            if (chosen.Count == maxEntries)
            {
                return chosen;
            }

            var bySigner = taken.GetValueOrDefault(entry.Signer);
            if (bySigner >= signerQuota)
            {
                if (overQuota.Count < maxEntries)
                {
                    overQuota.Add(entry);
                }
            }
            else if (TryTake(entry))
            {
                taken[entry.Signer] = bySigner + 1;
            }
        }

        foreach (var entry in overQuota)
        {
            if (chosen.Count == maxEntries || !TryTake(entry))
            {
                break;
            }
        }

        return chosen;

        bool TryTake(PendingEntry entry)
        {
            if (bytes + entry.Size > maxBytes)
            {
                return false;
            }

            bytes += entry.Size;
            chosen.Add(entry.Leaf);
            return true;
        }
    }
}
