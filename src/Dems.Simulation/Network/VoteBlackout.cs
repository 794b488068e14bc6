using Dems.Core.Consensus;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Network;

/// <summary>
/// A network as bad for locks as it may be. As many members as a quorum can do without get no proposals, and hear nothing of one member, the winner; so they know
/// of no block with q prevotes. The winner hears everything, and nobody hears its precommits or its decisions. So it decides alone, while the others go on
/// to further rounds with locks of their own: what the deaf propose there must not be decided.
/// </summary>
/// <param name="Winner">The member that decides.</param>
/// <param name="Deaf">The members that miss proposals.</param>
internal sealed record VoteBlackout(int Winner, IReadOnlyCollection<int> Deaf)
{
    /// <summary>What is left of a frame; null if nothing.</summary>
    public PeerFrame? Filter(int to, PeerFrame frame)
    {
        if (frame.From == Winner && Deaf.Contains(to))
        {
            return null;
        }

        var left = frame.Messages.Where(m => Passes(frame.From, to, m)).ToList();
        return left.Count == frame.Messages.Count ? frame : left.Count == 0 ? null : frame with { Messages = left };
    }

    public override string ToString() => $"{Winner} decides alone, {string.Join(", ", Deaf)} deaf";

    private bool Passes(int from, int to, PeerMessage message) => message switch
    {
        PeerMessage.VoteCast m => m.Vote.Validator != Winner || (m.Vote.Type == VoteType.Prevote && !Deaf.Contains(to)),
        PeerMessage.BlockProposed m => !Deaf.Contains(to) || Deaf.Contains(m.Proposal.Proposer),
        PeerMessage.BlockDecided => from != Winner,
        _ => true,
    };
}
