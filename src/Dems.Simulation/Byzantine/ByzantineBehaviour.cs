using Dems.Core.Consensus;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Replication.Protocol;

namespace Dems.Simulation.Byzantine;

/// <summary>
/// A lie. The member runs the product, so that it is always in the middle of things; the behaviour decides what becomes of each message on its way out, and may
/// say anything else at any time, signed by the member's own key and nobody else's.
/// </summary>
internal abstract class ByzantineBehaviour(ByzantineContext context)
{
    protected ByzantineContext Context { get; } = context;

    /// <summary>What leaves instead of a message to one peer.</summary>
    public virtual IEnumerable<PeerMessage> Outgoing(int to, PeerMessage message) => [message];

    /// <summary>Sees what arrives, before the member's own machine does.</summary>
    public virtual void Incoming(PeerFrame frame)
    {
    }

    /// <summary>Called a few times a second.</summary>
    public virtual void Tick()
    {
    }

    protected Vote Signed(Height height, int round, VoteType type, BlockHash block)
    {
        var bytes = SignedBytes.OfVote(Context.Identity.Chain, height, round, type, block);
        return new Vote(Context.Identity.Chain, height, round, type, block, Context.Identity.Member, Context.Identity.Signer.Sign(bytes));
    }

    protected Proposal Signed(Proposal original, Block block, int validRound)
    {
        var hash = HeaderCodec.Hash(block.Header);
        var bytes = SignedBytes.OfProposal(original.Chain, original.Height, original.Round, validRound, hash);
        return original with { Block = block, BlockHash = hash, ValidRound = validRound, Signature = Context.Identity.Signer.Sign(bytes) };
    }

    protected bool IsOwn(PeerMessage message) => message switch
    {
        PeerMessage.VoteCast m => m.Vote.Validator == Context.Identity.Member,
        PeerMessage.BlockProposed m => m.Proposal.Proposer == Context.Identity.Member,
        _ => false,
    };
}
