using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>What can happen to a height. Signatures are verified by the caller, against the key of the index that the message names.</summary>
public abstract record ConsensusInput
{
    private ConsensusInput()
    {
    }

    /// <summary>
    /// Begins the height, or continues it after a restart. Messages given before it are held, and acted on by it; after a restart the own recorded
    /// messages should come first, so that the machine need not wait for a round that it already proposed in.
    /// </summary>
    /// <param name="Now">The member's clock. No rule reads it: proposals carry the time of their own receipt.</param>
    public sealed record Start(BlockTime Now) : ConsensusInput;

    /// <summary>
    /// A proposal with a valid signature, whose hash is that of its header and whose leaves give the header's tree root: the hash binds the leaves only
    /// through that root, so whoever relays a proposal could exchange them, and the exchanged list would be held against the proposer.
    /// </summary>
    /// <param name="Proposal">The proposal, own ones included.</param>
    /// <param name="Now">The member's clock at receipt.</param>
    public sealed record ProposalReceived(Proposal Proposal, BlockTime Now) : ConsensusInput;

    /// <summary>A vote with a valid signature.</summary>
    /// <param name="Vote">The vote, own ones included.</param>
    public sealed record VoteReceived(Vote Vote) : ConsensusInput;

    /// <summary>A certificate that <see cref="CertificateRules"/> accepted, from a member that decided. Decides, or fetches, as q single precommits would.</summary>
    /// <param name="Certificate">The certificate.</param>
    public sealed record CertificateReceived(CommitCertificate Certificate) : ConsensusInput;

    /// <summary>A block got by its hash, in answer to <see cref="ConsensusEffect.FetchDecided"/> and with the same care for its leaves as a proposal's. Followed by <see cref="BlockChecked"/>.</summary>
    /// <param name="Block">Header and leaves.</param>
    /// <param name="Hash">Hash of the header.</param>
    public sealed record BlockFetched(Block Block, BlockHash Hash) : ConsensusInput;

    /// <summary>
    /// Answer to <see cref="ConsensusEffect.CheckBlock"/>, also after <see cref="BlockFetched"/>. Bodies that cannot be got are no answer at all; an answer is final.
    /// </summary>
    /// <param name="Block">The block.</param>
    /// <param name="Valid">
    /// True: header valid by the prior state, all bodies durable and opened. False: invalid for everybody, by a function of prior state and block alone.
    /// </param>
    public sealed record BlockChecked(BlockHash Block, bool Valid) : ConsensusInput;

    /// <summary>Answer to <see cref="ConsensusEffect.RequestBlock"/>: a valid block whose bodies are durable and opened here. Too late an answer is ignored.</summary>
    /// <param name="Round">The round asked for; also the header's.</param>
    /// <param name="Block">The block.</param>
    /// <param name="Hash">Hash of its header.</param>
    public sealed record OwnBlockReady(int Round, Block Block, BlockHash Hash) : ConsensusInput;

    /// <summary>A timeout asked for by <see cref="ConsensusEffect.StartTimeout"/> has elapsed. Stale ones need not be cancelled.</summary>
    /// <param name="Step">Its step.</param>
    /// <param name="Round">Its round.</param>
    public sealed record TimeoutElapsed(RoundStep Step, int Round) : ConsensusInput;
}
