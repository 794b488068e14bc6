using Dems.Core;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Simulation.Oracle;

/// <summary>The one chain that all honest members must have, as the first of them decided each block.</summary>
internal sealed class ChainRecord(int members)
{
    private readonly List<(DecidedBlock Block, Hash32 State)> _chain = [];
    private readonly Dictionary<LeafHash, ContentId> _submitted = [];
    private readonly HashSet<LeafHash> _ordered = [];
    private readonly Dictionary<ContentId, long> _heightOf = [];
    private readonly long[] _heads = new long[members];

    public long Blocks => _chain.Count;

    public long Entries => _ordered.Count;

    public long HeadOf(int member) => _heads[member];

    public bool Holds(int member, ContentId content) => _heightOf.TryGetValue(content, out var height) && height <= _heads[member];

    public void Submitted(LeafHash leaf, ContentId content) => _submitted[leaf] = content;

    /// <summary>A member starts with these blocks; what is wrong with them.</summary>
    public string? Started(int member, IReadOnlyList<DecidedBlock> blocks, bool damaged)
    {
        if (!damaged && blocks.Count < _heads[member])
        {
            return $"member {member} had decided block {_heads[member]} and starts with {blocks.Count}";
        }

        // A commit may have become durable just before a crash, unannounced: then the block is judged here.
        for (var i = (int)Math.Min(_heads[member], blocks.Count); i < blocks.Count; i++)
        {
            if (Judge(member, blocks[i]) is { } violation)
            {
                return violation;
            }
        }

        _heads[member] = blocks.Count;
        return null;
    }

    /// <summary>A member decided a block and executed it; what is wrong with that.</summary>
    public string? Committed(int member, DecidedBlock block, ExecutedRoots roots)
    {
        if (block.Height.Value != _heads[member] + 1)
        {
            return $"member {member} decided block {block.Height} after block {_heads[member]}";
        }

        if (Judge(member, block) is { } violation)
        {
            return violation;
        }

        _heads[member]++;
        var (known, state) = _chain[(int)block.Height.Value - 1];
        if (state.IsZero)
        {
            _chain[(int)block.Height.Value - 1] = (known, roots.StateRoot);
        }
        else if (state != roots.StateRoot)
        {
            return $"member {member} has state {roots.StateRoot} after block {block.Height}, another has {state}";
        }

        return null;
    }

    private string? Judge(int member, DecidedBlock block)
    {
        var height = block.Height.Value;
        if (height <= _chain.Count)
        {
            var decided = _chain[(int)height - 1].Block.Hash;
            return decided == block.Hash ? null : $"member {member} decided {block.Hash} at height {height}, another decided {decided}";
        }

        if (height != _chain.Count + 1)
        {
            return $"member {member} decided block {height} of a chain of {_chain.Count}";
        }

        var signers = block.Certificate.Signatures.Select(s => s.Validator).Distinct().Count();
        if (3 * signers <= 2 * members)
        {
            return $"block {height} was decided by {signers} of {members}";
        }

        if (_chain.Count > 0 && block.Block.Header.Time <= _chain[^1].Block.Block.Header.Time)
        {
            return $"block {height} is not later than the one before it";
        }

        foreach (var leaf in block.Block.Leaves)
        {
            if (!_submitted.TryGetValue(leaf, out var content))
            {
                return $"block {height} orders {leaf}, which nobody signed";
            }

            if (!_ordered.Add(leaf))
            {
                return $"block {height} orders {leaf} a second time";
            }

            _heightOf.TryAdd(content, height);
        }

        _chain.Add((block, default));
        return null;
    }
}
