using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>Says one thing to one half of the members and another to the other half: two blocks for one round, two votes for one step.</summary>
internal sealed class Equivocator(ByzantineContext context) : ByzantineBehaviour(context)
{
    private readonly Dictionary<(Height, int, int), PeerMessage> _second = [];
    private readonly Dictionary<Height, BlockHash> _otherBlock = [];

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message)
    {
        if (!IsOwn(message) || to % 2 == 0)
        {
            return [message];
        }

        // Now and then both sides hear both.
        return Context.Random.Chance(100) ? [message, SecondOf(message)] : [SecondOf(message)];
    }

    public override void Incoming(PeerFrame frame)
    {
        foreach (var proposal in frame.Messages.OfType<PeerMessage.BlockProposed>())
        {
            _otherBlock[proposal.Proposal.Height] = proposal.Proposal.BlockHash;
        }
    }

    private PeerMessage SecondOf(PeerMessage message)
    {
        var key = message switch
        {
            PeerMessage.VoteCast m => (m.Vote.Height, m.Vote.Round, (int)m.Vote.Type),
            _ => (((PeerMessage.BlockProposed)message).Proposal.Height, ((PeerMessage.BlockProposed)message).Proposal.Round, 0),
        };
        if (!_second.TryGetValue(key, out var second))
        {
            _second[key] = second = message is PeerMessage.VoteCast vote ? SecondVote(vote.Vote) : SecondProposal(((PeerMessage.BlockProposed)message).Proposal);
        }

        return second;
    }

    private PeerMessage.VoteCast SecondVote(Vote vote)
    {
        var other = vote.IsNil ? _otherBlock.GetValueOrDefault(vote.Height) : default;
        return new PeerMessage.VoteCast(Signed(vote.Height, vote.Round, vote.Type, other));
    }

    private PeerMessage.BlockProposed SecondProposal(Proposal proposal)
    {
        var header = proposal.Block.Header with { Time = proposal.Block.Header.Time.Plus(1), Round = proposal.Round };
        var second = Signed(proposal, proposal.Block with { Header = header }, validRound: -1);
        _otherBlock[proposal.Height] = second.BlockHash;
        return new PeerMessage.BlockProposed(second);
    }
}
