using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>What the machine asks its caller to do. Each is asked once; nothing is asked again while its answer is awaited.</summary>
public abstract record ConsensusEffect
{
    private ConsensusEffect()
    {
    }

    /// <summary>Paper, line 18: this validator proposes and has no validValue. Answered by <see cref="ConsensusInput.OwnBlockReady"/>.</summary>
    /// <param name="Round">The round to put into the header.</param>
    public sealed record RequestBlock(int Round) : ConsensusEffect;

    /// <summary>Fetch, store and open the bodies, check the block against the prior state; answered by <see cref="ConsensusInput.BlockChecked"/> when done.</summary>
    /// <param name="Proposal">The proposal that brought the block.</param>
    public sealed record CheckBlock(Proposal Proposal) : ConsensusEffect;

    /// <summary>Make snapshot and signed proposal durable in one transaction, then send it and give it back as an input.</summary>
    /// <param name="Unsigned">The proposal without its signature.</param>
    /// <param name="Safety">What must be durable with it.</param>
    public sealed record SignProposal(Proposal Unsigned, SafetySnapshot Safety) : ConsensusEffect;

    /// <summary>Make snapshot and signed vote durable in one transaction, then send it and give it back as an input.</summary>
    /// <param name="Unsigned">The vote without its signature.</param>
    /// <param name="Safety">What must be durable with it.</param>
    public sealed record SignVote(Vote Unsigned, SafetySnapshot Safety) : ConsensusEffect;

    /// <summary>Give back <see cref="ConsensusInput.TimeoutElapsed"/> after this time.</summary>
    /// <param name="Step">Its step.</param>
    /// <param name="Round">Its round.</param>
    /// <param name="Milliseconds">The wait, 1…<see cref="ConsensusTimeouts.MaxMilliseconds"/>.</param>
    public sealed record StartTimeout(RoundStep Step, int Round, int Milliseconds) : ConsensusEffect;

    /// <summary>The block is decided, but not held or not checked here. Fetch what is missing: <see cref="ConsensusInput.BlockFetched"/> unless it came as a proposal, then <see cref="ConsensusInput.BlockChecked"/>.</summary>
    /// <param name="Certificate">Proof that fetching is worthwhile.</param>
    public sealed record FetchDecided(CommitCertificate Certificate) : ConsensusEffect;

    /// <summary>The height is over (paper, line 51). Append block and certificate in one transaction.</summary>
    /// <param name="Block">The block, checked here.</param>
    /// <param name="Certificate">Its certificate of exactly q signatures.</param>
    public sealed record Decide(Block Block, CommitCertificate Certificate) : ConsensusEffect;

    /// <summary>A validator signed two conflicting messages. Once per (validator, round, kind) while the round is held.</summary>
    /// <param name="Evidence">Both signatures.</param>
    public sealed record ReportEvidence(Evidence Evidence) : ConsensusEffect;
}
