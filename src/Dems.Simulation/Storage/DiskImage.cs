using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Simulation.World;

namespace Dems.Simulation.Storage;

/// <summary>What is durable on one node's disk: the database (safety row, mempool, chain) and, outside it, the high-water file.</summary>
internal sealed class DiskImage
{
    private readonly Dictionary<LeafHash, (PooledEntry Entry, bool Admitted, long Number)> _bodies = [];
    private readonly Dictionary<(Hash32 Signer, long Sequence), (ContentId Content, LeafHash Leaf)> _admitted = [];
    private readonly Dictionary<LeafHash, long> _ordered = [];
    private readonly List<DecidedBlock> _blocks = [];
    private long _numbers;

    public SafetyRow? Safety { get; set; }

    public SafetyPosition? HighWater { get; set; }

    public IReadOnlyList<DecidedBlock> Blocks => _blocks;

    /// <summary>A copy as a backup holds it.</summary>
    public DiskImage Copy()
    {
        var copy = new DiskImage { Safety = Safety, HighWater = HighWater, _numbers = _numbers };
        foreach (var (leaf, body) in _bodies)
        {
            copy._bodies.Add(leaf, body);
        }

        foreach (var (key, row) in _admitted)
        {
            copy._admitted.Add(key, row);
        }

        foreach (var (leaf, index) in _ordered)
        {
            copy._ordered.Add(leaf, index);
        }

        copy._blocks.AddRange(_blocks);
        return copy;
    }

    /// <summary>A damaged block: it and what follows are set aside, to be fetched from peers again.</summary>
    public void TruncateTo(int blocks)
    {
        foreach (var leaf in _blocks.Skip(blocks).SelectMany(b => b.Block.Leaves))
        {
            _ordered.Remove(leaf);
        }

        _blocks.RemoveRange(blocks, _blocks.Count - blocks);
    }

    /// <summary>A damaged body that is not ordered: set aside, like all damage never served.</summary>
    public void DropPending(SimulationRandom random)
    {
        var pending = LoadPending();
        if (pending.Count > 0)
        {
            _bodies.Remove(random.Pick(pending).Leaf);
        }
    }

    public Admission Admit(PooledEntry entry)
    {
        var key = (entry.Signer, entry.Sequence);
        if (!_admitted.TryGetValue(key, out var row))
        {
            _admitted[key] = row = (entry.Content, entry.Leaf);
            Store(entry, admitted: true);
            return new Admission(AdmissionOutcome.Stored, row.Content, row.Leaf, OrderedAt(entry.Leaf));
        }

        var outcome = row.Content == entry.Content ? AdmissionOutcome.Duplicate : AdmissionOutcome.SequenceTaken;
        return new Admission(outcome, row.Content, row.Leaf, OrderedAt(row.Leaf));
    }

    /// <summary>Stores a peer's body; whether it is unordered.</summary>
    public bool StoreBody(PooledEntry entry)
    {
        if (_ordered.ContainsKey(entry.Leaf))
        {
            return false;
        }

        Store(entry, admitted: false);
        return true;
    }

    public PooledEntry? FindBody(LeafHash leaf) => _bodies.TryGetValue(leaf, out var body) ? body.Entry : null;

    public bool IsOrdered(LeafHash leaf) => _ordered.ContainsKey(leaf);

    public IReadOnlyList<PendingEntry> LoadPending() =>
    [
        .. _bodies.Values.Where(b => !_ordered.ContainsKey(b.Entry.Leaf)).OrderBy(b => b.Number).Select(b => PendingEntry.Of(b.Entry)),
    ];

    public void Append(DecidedBlock block)
    {
        if (block.Height.Value != _blocks.Count + 1)
        {
            throw new InvalidOperationException($"Block {block.Height} cannot follow block {_blocks.Count}.");
        }

        foreach (var leaf in block.Block.Leaves)
        {
            if (FindBody(leaf) is not { } entry)
            {
                throw new InvalidOperationException($"Block {block.Height} is to be appended without the body of {leaf}.");
            }

            if (!_ordered.TryAdd(leaf, _ordered.Count))
            {
                throw new InvalidOperationException($"Block {block.Height} orders {leaf} a second time.");
            }

            _admitted.TryAdd((entry.Signer, entry.Sequence), (entry.Content, leaf));
        }

        _blocks.Add(block);
    }

    private void Store(PooledEntry entry, bool admitted)
    {
        if (_bodies.TryGetValue(entry.Leaf, out var held))
        {
            _bodies[entry.Leaf] = held with { Admitted = held.Admitted || admitted };
        }
        else
        {
            _bodies[entry.Leaf] = (entry, admitted, _numbers++);
        }
    }

    private long? OrderedAt(LeafHash leaf) => _ordered.TryGetValue(leaf, out var index) ? index : null;
}
