using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>
/// Knows no lock: prevotes and precommits every proposal at once, whatever it voted before, and proposes a new block where it should propose the
/// one that gathered q prevotes. With it, members that forget their own lock would decide twice.
/// </summary>
internal sealed class LockBreaker(ByzantineContext context) : ByzantineBehaviour(context)
{
    private readonly HashSet<BlockHash> _voted = [];

    public override IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message)
    {
        if (message is PeerMessage.BlockProposed { Proposal: { ValidRound: >= 0 } proposal } && IsOwn(message))
        {
            var header = proposal.Block.Header with { Round = proposal.Round, Proposer = proposal.Proposer, Time = Context.Replica.Clock.Now.Plus(to % 2) };
            return [new PeerMessage.BlockProposed(Signed(proposal, proposal.Block with { Header = header }, validRound: -1))];
        }

        // Its own machine's honest votes are held back: what counts is said on receipt of proposals.
        return IsOwn(message) && message is PeerMessage.VoteCast && Context.Random.Chance(500) ? [] : [message];
    }

    public override void Incoming(PeerFrame frame)
    {
        foreach (var message in frame.Messages.OfType<PeerMessage.BlockProposed>())
        {
            var proposal = message.Proposal;
            if (_voted.Count < 1_000 && _voted.Add(proposal.BlockHash))
            {
                foreach (var type in new[] { VoteType.Prevote, VoteType.Precommit })
                {
                    Context.SendToAll(new PeerMessage.VoteCast(Signed(proposal.Height, proposal.Round, type, proposal.BlockHash)));
                }
            }
        }
    }
}
