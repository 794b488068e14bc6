using Dems.Core.Ledger;
using Dems.Replication.Protocol;

namespace Dems.Replication.Machine;

/// <summary>
/// Looks at blocks for the next height: data first (every body durable and opened here), then validity as a function of prior state and block. Missing
/// bodies are asked of who should have them, one peer after the other. An answer, once given, is final for the height.
/// </summary>
internal sealed class CandidateBook(StepContext context)
{
    /// <summary>Most candidates of one height, so that Byzantine proposers cannot fill the memory.</summary>
    public const int MaxCandidates = 256;

    /// <summary>Leaves asked for in one message.</summary>
    private const int FetchChunk = 512;

    private readonly Dictionary<BlockHash, Candidate> _candidates = [];
    private readonly HashSet<LeafHash> _refusedLeaves = [];
    private bool _fetchTimerSet;

    public Candidate? Find(BlockHash hash) => _candidates.GetValueOrDefault(hash);

    /// <summary>Whether the leaves give the tree root of the header: only then do they belong to its hash.</summary>
    public bool LeavesMatch(Block block)
    {
        var frontier = context.Tip.Frontier;
        return frontier.Size + block.Leaves.Count == block.Header.TreeSize
            && frontier.AppendAll(block.Leaves.Select(l => l.Value)).Root == block.Header.TreeRoot;
    }

    /// <summary>Starts to look at a block (whose leaves match), or names one more source of one looked at already.</summary>
    public Candidate? Consider(Block block, BlockHash hash, int source)
    {
        if (!_candidates.TryGetValue(hash, out var candidate))
        {
            if (_candidates.Count >= MaxCandidates)
            {
                return null;
            }

            candidate = new Candidate(block, hash);
            _candidates[hash] = candidate;
            candidate.Missing.UnionWith(block.Leaves.Where(l => !context.Pending.Contains(l)));
        }

        AddSource(candidate, source);
        Judge(candidate);
        if (candidate.Missing.Count > 0 && candidate.Valid is null && candidate.NextSource == 0)
        {
            Fetch(candidate);
        }

        return candidate;
    }

    /// <summary>A member that voted for a block holds its bodies.</summary>
    public void AddSource(BlockHash hash, int member)
    {
        if (_candidates.TryGetValue(hash, out var candidate))
        {
            AddSource(candidate, member);
        }
    }

    /// <summary>Takes note of bodies that arrived; returns the candidates that this decided.</summary>
    public List<Candidate> Arrived(IReadOnlyList<OpenedBody> bodies)
    {
        var decided = new List<Candidate>();
        foreach (var body in bodies)
        {
            // An entry that does not open, or that the chain has ordered already, makes every block invalid that holds it.
            if (body.Entry is null || body.Ordered || context.Pending.WasOrdered(body.Leaf))
            {
                _refusedLeaves.Add(body.Leaf);
            }
        }

        foreach (var candidate in _candidates.Values.Where(c => c.Valid is null).OrderBy(c => c.Hash))
        {
            candidate.Missing.RemoveWhere(context.Pending.Contains);
            Judge(candidate);
            if (candidate.Valid is not null)
            {
                decided.Add(candidate);
            }
        }

        return decided;
    }

    /// <summary>Asks for what is still missing at the next source.</summary>
    public void FetchAgain()
    {
        _fetchTimerSet = false;
        foreach (var candidate in _candidates.Values.Where(c => c.Valid is null && c.Missing.Count > 0).OrderBy(c => c.Hash))
        {
            Fetch(candidate);
        }
    }

    public void Clear()
    {
        _candidates.Clear();
        _refusedLeaves.Clear();
        _fetchTimerSet = false;
    }

    private void AddSource(Candidate candidate, int member)
    {
        if (member >= 0 && member != context.Identity.Member && !candidate.Sources.Contains(member))
        {
            candidate.Sources.Add(member);
        }
    }

    private void Judge(Candidate candidate)
    {
        if (candidate.Valid is not null)
        {
            return;
        }

        candidate.Refusal = RefusalOf(candidate);
        if (candidate.Refusal is not null)
        {
            candidate.Valid = false;
        }
        else if (candidate.Missing.Count == 0)
        {
            candidate.Valid = true;
        }
    }

    private string? RefusalOf(Candidate candidate)
    {
        if (candidate.Missing.Any(leaf => _refusedLeaves.Contains(leaf) || context.Pending.WasOrdered(leaf)))
        {
            return "holds an entry that does not open or is on the chain already";
        }

        if (candidate.Missing.Count > 0)
        {
            return null;
        }

        if (candidate.Block.Leaves.Sum(l => (long)context.Pending.Find(l)!.Value.Size) > Block.MaxBodyBytes)
        {
            return $"holds more than {Block.MaxBodyBytes} bytes";
        }

        return BlockRules.Refusal(candidate.Block, context.Tip, context.Identity.Chain);
    }

    private void Fetch(Candidate candidate)
    {
        if (candidate.Sources.Count > 0)
        {
            var source = candidate.Sources[candidate.NextSource++ % candidate.Sources.Count];
            foreach (var chunk in candidate.Missing.Order().Chunk(FetchChunk))
            {
                context.Send(source, new PeerMessage.BodiesWanted(chunk));
            }
        }

        if (!_fetchTimerSet)
        {
            _fetchTimerSet = true;
            context.SetTimer(new ReplicaTimer.Fetch(context.NextHeight), context.Limits.FetchRetryMs);
        }
    }
}
