using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Wants honest members accused: passes on votes and proposals in their names that it changed, with signatures that it heard elsewhere.</summary>
internal sealed class EvidenceForger(ByzantineContext context) : ByzantineBehaviour(context)
{
    private const int Kept = 200;

    private readonly List<BlockHash> _blocks = [default];
    private readonly List<PeerMessage> _heard = [];

    public override void Incoming(PeerFrame frame)
    {
        foreach (var message in frame.Messages.Where(m => m is PeerMessage.VoteCast or PeerMessage.BlockProposed))
        {
            if (_heard.Count < Kept)
            {
                _heard.Add(message);
            }
            else
            {
                _heard[Context.Random.Below(Kept)] = message;
            }
        }
    }

    public override void Tick()
    {
        for (var i = 0; i < 4 && _heard.Count > 0; i++)
        {
            Context.SendToAll(Context.Random.Pick(_heard) switch
            {
                PeerMessage.VoteCast m => new PeerMessage.VoteCast(Forge(m.Vote)),
                PeerMessage.BlockProposed m => Forge(m.Proposal),
                var other => other,
            });
        }
    }

    private Vote Forge(Vote vote)
    {
        var block = Context.Random.Pick(_blocks);
        return Context.Random.Below(4) switch
        {
            0 => vote with { Block = block },
            1 => vote with { Round = vote.Round + 1 },
            2 => vote with { Type = vote.Type == VoteType.Prevote ? VoteType.Precommit : VoteType.Prevote },
            _ => vote with { Validator = Context.Random.Below(Context.Identity.MemberCount) },
        };
    }

    private PeerMessage.BlockProposed Forge(Proposal proposal)
    {
        if (_blocks.Count < 100)
        {
            _blocks.Add(proposal.BlockHash);
        }

        // The signature does not cover the leaves but through the header: exchanging them must not be held against the proposer.
        return new PeerMessage.BlockProposed(Context.Random.Below(3) switch
        {
            0 => proposal with { Block = proposal.Block with { Leaves = [.. proposal.Block.Leaves.Skip(1)] } },
            1 => proposal with { ValidRound = Math.Max(0, proposal.Round - 1) },
            _ => Signed(proposal, proposal.Block with { Header = proposal.Block.Header with { Time = proposal.Block.Header.Time.Plus(7) } }, proposal.ValidRound),
        });
    }
}
