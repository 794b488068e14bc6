using Dems.Core.Ledger;
using Dems.Replication.Ports;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Oracle;

internal sealed class SafetyOracle(int count)
{
    private readonly List<string> _violations = [];
    private readonly List<(BlockHash Hash, ExecutedRoots Roots)> _chain = [];
    private readonly Dictionary<(int, long, int, int), (BlockHash, int)> _signed = [];
    private readonly long[] _heads = new long[count];

    public IReadOnlyList<string> Violations => _violations;

    public long Blocks => _chain.Count;

    public long Entries { get; private set; }

    public void Violate(string what) => _violations.Add(what);

    public void Sent(PeerFrame frame)
    {
        foreach (var message in frame.Messages)
        {
            switch (message)
            {
                case PeerMessage.VoteCast { Vote: var v } when v.Validator == frame.From:
                    Record((v.Validator, v.Height.Value, v.Round, (int)v.Type), (v.Block, 0));
                    break;
                case PeerMessage.BlockProposed { Proposal: var p } when p.Proposer == frame.From:
                    Record((p.Proposer, p.Height.Value, p.Round, 0), (p.BlockHash, p.ValidRound));
                    break;
            }
        }
    }

    public void Committed(int node, DecidedBlock block, ExecutedRoots roots)
    {
        _heads[node]++;
        if (block.Height.Value > _chain.Count)
        {
            _chain.Add((block.Hash, roots));
            Entries += block.Block.Leaves.Count;
        }
        else if (_chain[(int)block.Height.Value - 1] is var (hash, r) && (hash != block.Hash || r.StateRoot != roots.StateRoot))
        {
            Violate($"two blocks at {block.Height}");
        }
    }

    public void Promised(IReadOnlyList<ContentId> contents)
    {
    }

    private void Record((int, long, int, int) key, (BlockHash, int) what)
    {
        if (!_signed.TryAdd(key, what) && _signed[key] != what)
        {
            Violate($"double signature {key}");
        }
    }
}
