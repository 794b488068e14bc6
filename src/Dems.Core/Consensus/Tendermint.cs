using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// Tendermint, for one height: Algorithm 1 of Buchman, Kwon, Milosevic, "The latest gossip on BFT consensus" (2018, arXiv 1807.04938); "line" below
/// means a line of it. Its 2f + 1 is the set's quorum q = ⌊2n/3⌋ + 1, its f + 1 is <see cref="ValidatorSet.OneHonest"/>.
/// <para>Rules. A round's proposer proposes its validValue with its validRound, or a new block. A validator prevotes a fresh valid block if it is not locked or
/// locked on it, a re-proposal from round vr with q prevotes in vr if it locked no later than vr or on it, else nil. On q prevotes for a block it locks
/// and precommits it; on q for nil it precommits nil. On q precommits for a block, of any round, the height is decided. On q mixed votes it waits, then goes on.</para>
/// <para>Deviations, each argued in docs/consensus.md: valid(v) has a third value while bodies are missing; blocks are known by hash, whoever brought them;
/// a fresh header far from the receiver's clock gets nil; the proposer too times its proposal out; a proposal is never signed twice for a round, not even after
/// a restart; f + 1 validators at or above a round take us there; a late quorum of an earlier round still sets validValue.</para>
/// <para>Safety rests on two facts. Any two quorums share a correct validator. A correct validator signs one prevote and one precommit per round: its step
/// advances in the same transition that asks for the signature, and its round and step are durable before the signature leaves.</para>
/// </summary>
public static class Tendermint
{
    /// <summary>Applies one input, then every rule that it enables, until none is.</summary>
    /// <exception cref="InvalidDecisionException">More than f validators are faulty, or this one is: q of them precommitted a block that is invalid here.</exception>
    public static ConsensusStep Step(HeightState state, ConsensusInput input)
    {
        if (state.Decided)
        {
            return new(state, []);
        }

        var effects = new List<ConsensusEffect>();
        var p = input switch
        {
            ConsensusInput.Start => OnStart(state, effects),
            ConsensusInput.ProposalReceived m => Reception.OfProposal(state, m.Proposal, m.Now, effects),
            ConsensusInput.VoteReceived m => Reception.OfVote(state, m.Vote, effects),
            ConsensusInput.CertificateReceived m => Reception.OfCertificate(state, m.Certificate),
            ConsensusInput.BlockFetched m => Reception.OfBlock(state, m.Block, m.Hash),
            ConsensusInput.BlockChecked m => Reception.OfCheck(state, m.Block, m.Valid),
            ConsensusInput.OwnBlockReady m => OnOwnBlock(state, m, effects),
            ConsensusInput.TimeoutElapsed m => OnTimeout(state, m.Step, m.Round, effects),
            _ => throw new ArgumentOutOfRangeException(nameof(input)),
        };
        while (p.Started && !p.Decided && ApplyOneRule(ref p, effects))
        {
        }

        return new(p, effects);
    }

    /// <summary>Every rule that fires advances the round, the step, a first-time flag or what is known of a block, so that the loop above ends.</summary>
    private static bool ApplyOneRule(ref HeightState p, List<ConsensusEffect> effects) =>
        OnCommitQuorum(ref p)
        || FetchDecided(ref p, effects)
        || Decide(ref p, effects)
        || OnHigherRound(ref p, effects)
        || Propose(ref p, effects)
        || AskForCheck(ref p, effects)
        || OnFreshProposal(ref p, effects)
        || OnReproposal(ref p, effects)
        || OnPrevoteQuorum(ref p, effects)
        || OnLatePrevoteQuorum(ref p)
        || OnNilPrevoteQuorum(ref p, effects)
        || OnMixedPrevotes(ref p, effects)
        || OnMixedPrecommits(ref p, effects);

    // Line 10. After a restart the recorded round goes on at its recorded step.
    private static HeightState OnStart(HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Started)
        {
            return p;
        }

        if (p.Step == RoundStep.Propose)
        {
            StartTimeout(p, RoundStep.Propose, effects);
        }

        return p with { Started = true };
    }

    // Lines 11–13 and 20–21. The proposer's own timeout: its block may come late or never, and its prevote is needed all the same.
    private static HeightState StartRound(HeightState p, int round, List<ConsensusEffect> effects)
    {
        p = Reception.Forget(p with { Round = round, Step = RoundStep.Propose, PrevoteTimeoutStarted = false, PrecommitTimeoutStarted = false });
        StartTimeout(p, RoundStep.Propose, effects);
        return p;
    }

    // Lines 14–19. Also fires when a late quorum sets validValue while the own block is awaited.
    private static bool Propose(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step != RoundStep.Propose || p.LastProposedRound >= p.Round || p.CurrentProposal is not null || p.Self != p.Validators.ProposerOf(p.Height, p.Round))
        {
            return false;
        }

        if (p.ValidBlock is not null)
        {
            p = SignProposal(p, p.ValidBlock, p.ValidBlockHash, p.ValidRound, effects);
            return true;
        }

        if (p.LastRequestedRound >= p.Round)
        {
            return false;
        }

        p = p with { LastRequestedRound = p.Round };
        effects.Add(new ConsensusEffect.RequestBlock(p.Round));
        return true;
    }

    // Lines 18–19, the answer of getValue().
    private static HeightState OnOwnBlock(HeightState p, ConsensusInput.OwnBlockReady m, List<ConsensusEffect> effects)
    {
        if (!p.Started || m.Round != p.Round || p.Step != RoundStep.Propose
            || p.LastRequestedRound != m.Round || p.LastProposedRound >= m.Round || p.CurrentProposal is not null)
        {
            return p;
        }

        if (!ProposalRules.IsOwnHeader(m.Block.Header, m.Round, p.Validators.ProposerOf(p.Height, m.Round)))
        {
            throw new InvalidOperationException($"The own block of round {m.Round} has a header of round {m.Block.Header.Round}, proposer {m.Block.Header.Proposer}.");
        }

        p = p.WithBlock(m.Hash, new KnownBlock(m.Block, Source: null, BlockStatus.Valid));
        return SignProposal(p, m.Block, m.Hash, validRound: -1, effects);
    }

    // valid(v) is asked for where a rule waits for it: the current proposal (lines 22, 28, 36), a block with q prevotes in an earlier round, a certified one.
    private static bool AskForCheck(ref HeightState p, List<ConsensusEffect> effects)
    {
        var hash = p.CurrentProposal is { } current && IsUnchecked(p, current.BlockHash) ? current.BlockHash : UncheckedLateQuorum(p) ?? UncheckedCertified(p);
        if (hash is not { } block || p.BlockOf(block) is not { Source: { } source } known)
        {
            return false;
        }

        p = p.WithBlock(block, known with { Status = BlockStatus.Asked });
        effects.Add(new ConsensusEffect.CheckBlock(source));
        return true;
    }

    // Lines 22–27. What the receipt refused gets its nil at once, without waiting for bodies.
    private static bool OnFreshProposal(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step != RoundStep.Propose || p.CurrentProposal is not { ValidRound: -1 } m)
        {
            return false;
        }

        if (!p.MessagesOf(p.Round).ProposalRefused && !IsJudged(p, m.BlockHash))
        {
            return false;
        }

        var accepted = !p.MessagesOf(p.Round).ProposalRefused && p.IsValid(m.BlockHash) && (p.LockedRound == -1 || p.LockedBlock == m.BlockHash);
        p = Prevote(p, accepted ? m.BlockHash : default, effects);
        return true;
    }

    // Lines 28–33.
    private static bool OnReproposal(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step != RoundStep.Propose || p.CurrentProposal is not { ValidRound: >= 0 } m)
        {
            return false;
        }

        if (!p.MessagesOf(m.ValidRound).Prevotes.HasQuorumFor(m.BlockHash) || !IsJudged(p, m.BlockHash))
        {
            return false;
        }

        var accepted = !p.MessagesOf(p.Round).ProposalRefused && p.IsValid(m.BlockHash) && (p.LockedRound <= m.ValidRound || p.LockedBlock == m.BlockHash);
        p = Prevote(p, accepted ? m.BlockHash : default, effects);
        return true;
    }

    // Lines 34–35.
    private static bool OnMixedPrevotes(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step != RoundStep.Prevote || p.PrevoteTimeoutStarted || !p.MessagesOf(p.Round).Prevotes.HasQuorumOfAny)
        {
            return false;
        }

        p = p with { PrevoteTimeoutStarted = true };
        StartTimeout(p, RoundStep.Prevote, effects);
        return true;
    }

    // Lines 36–43. In step precommit, after nil, the quorum still sets validValue: without it the next proposers could go on proposing what nobody locked may accept.
    private static bool OnPrevoteQuorum(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step == RoundStep.Propose
            || (p.Step == RoundStep.Precommit && p.ValidRound == p.Round)
            || p.MessagesOf(p.Round).Prevotes.QuorumBlock is not { } block
            || !p.IsValid(block))
        {
            return false;
        }

        p = SetValid(p, p.Round, block);
        if (p.Step == RoundStep.Prevote)
        {
            p = Precommit(p with { LockedRound = p.Round, LockedBlock = block }, block, effects);
        }

        return true;
    }

    // Lines 42–43 for a round that we left before its quorum or its bodies arrived.
    private static bool OnLatePrevoteQuorum(ref HeightState p)
    {
        foreach (var (round, messages) in p.Rounds.Reverse())
        {
            if (round < p.Round && round > p.ValidRound && messages.Prevotes.QuorumBlock is { } block && p.IsValid(block))
            {
                p = SetValid(p, round, block);
                return true;
            }
        }

        return false;
    }

    // Lines 44–46.
    private static bool OnNilPrevoteQuorum(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Step != RoundStep.Prevote || !p.MessagesOf(p.Round).Prevotes.HasQuorumFor(default))
        {
            return false;
        }

        p = Precommit(p, default, effects);
        return true;
    }

    // Lines 47–48, in whatever step.
    private static bool OnMixedPrecommits(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.PrecommitTimeoutStarted || !p.MessagesOf(p.Round).Precommits.HasQuorumOfAny)
        {
            return false;
        }

        p = p with { PrecommitTimeoutStarted = true };
        StartTimeout(p, RoundStep.Precommit, effects);
        return true;
    }

    // Line 49, for precommits of any round.
    private static bool OnCommitQuorum(ref HeightState p)
    {
        if (p.Certificate is not null || FindCertificate(p) is not { } certificate)
        {
            return false;
        }

        p = p with { Certificate = certificate };
        return true;
    }

    // A certificate over a block that is not held or not checked makes us fetch it, once. A proposal may still bring it first: then its check is asked for as ever.
    private static bool FetchDecided(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Certificate is not { } certificate || p.FetchStarted || IsJudged(p, certificate.Block))
        {
            return false;
        }

        var known = p.BlockOf(certificate.Block) ?? new KnownBlock(Block: null, Source: null, BlockStatus.Unchecked);
        p = p.WithBlock(certificate.Block, known) with { FetchStarted = true };
        effects.Add(new ConsensusEffect.FetchDecided(certificate));
        return true;
    }

    // Lines 50–51.
    private static bool Decide(ref HeightState p, List<ConsensusEffect> effects)
    {
        if (p.Certificate is not { } certificate || p.BlockOf(certificate.Block) is not { } known)
        {
            return false;
        }

        if (known.Status == BlockStatus.Invalid)
        {
            throw new InvalidDecisionException(p.Height, certificate.Block);
        }

        if (known.Status != BlockStatus.Valid || known.Block is null)
        {
            return false;
        }

        p = p with { Decided = true };
        effects.Add(new ConsensusEffect.Decide(known.Block, certificate));
        return true;
    }

    // Lines 55–56: the highest round that f + 1 validators have reached, one of them correct.
    private static bool OnHigherRound(ref HeightState p, List<ConsensusEffect> effects)
    {
        var current = p.Round;
        int[] ahead = [.. p.HighestRounds.Where(round => round > current).OrderDescending()];
        if (ahead.Length < p.Validators.OneHonest)
        {
            return false;
        }

        p = StartRound(p, ahead[p.Validators.OneHonest - 1], effects);
        return true;
    }

    // Lines 57–67. Only a timeout that this machine started for where it stands: no local timer alone ever changes a round.
    private static HeightState OnTimeout(HeightState p, RoundStep step, int round, List<ConsensusEffect> effects)
    {
        if (!p.Started || round != p.Round)
        {
            return p;
        }

        return step switch
        {
            RoundStep.Propose when p.Step == RoundStep.Propose => Prevote(p, default, effects),
            RoundStep.Prevote when p.Step == RoundStep.Prevote && p.PrevoteTimeoutStarted => Precommit(p, default, effects),
            RoundStep.Precommit when p.PrecommitTimeoutStarted && round < HeightState.MaxRound => StartRound(p, round + 1, effects),
            _ => p,
        };
    }

    private static HeightState Prevote(HeightState p, BlockHash block, List<ConsensusEffect> effects)
    {
        p = p with { Step = RoundStep.Prevote };
        SignVote(p, VoteType.Prevote, block, effects);
        return p;
    }

    private static HeightState Precommit(HeightState p, BlockHash block, List<ConsensusEffect> effects)
    {
        p = p with { Step = RoundStep.Precommit };
        SignVote(p, VoteType.Precommit, block, effects);
        return p;
    }

    private static void SignVote(HeightState p, VoteType type, BlockHash block, List<ConsensusEffect> effects)
    {
        // An own vote that came from elsewhere was signed by a forgotten past of this validator: whatever it says, there must be no second one.
        if (p.Self is { } self && p.VoteOf(self, p.Round, type) is null)
        {
            effects.Add(new ConsensusEffect.SignVote(new Vote(p.Chain, p.Height, p.Round, type, block, self, default), p.Safety));
        }
    }

    private static HeightState SignProposal(HeightState p, Block block, BlockHash hash, int validRound, List<ConsensusEffect> effects)
    {
        p = p with { LastProposedRound = p.Round };
        var proposal = new Proposal(p.Chain, p.Height, p.Round, validRound, block, hash, p.Self!.Value, default);
        effects.Add(new ConsensusEffect.SignProposal(proposal, p.Safety));
        return p;
    }

    private static void StartTimeout(HeightState p, RoundStep step, List<ConsensusEffect> effects) =>
        effects.Add(new ConsensusEffect.StartTimeout(step, p.Round, p.Timeouts.Of(step, p.Round)));

    private static HeightState SetValid(HeightState p, int round, BlockHash block) =>
        p with { ValidRound = round, ValidBlock = p.BlockOf(block)!.Block, ValidBlockHash = block };

    private static bool IsUnchecked(HeightState p, BlockHash block) => p.BlockOf(block) is { Status: BlockStatus.Unchecked, Source: not null };

    private static bool IsJudged(HeightState p, BlockHash block) => p.IsValid(block) || p.BlockOf(block) is { Status: BlockStatus.Invalid };

    private static BlockHash? UncheckedLateQuorum(HeightState p)
    {
        foreach (var (round, messages) in p.Rounds)
        {
            if (round > p.ValidRound && round <= p.Round && messages.Prevotes.QuorumBlock is { } block && IsUnchecked(p, block))
            {
                return block;
            }
        }

        return null;
    }

    private static BlockHash? UncheckedCertified(HeightState p) =>
        p.Certificate is { } certificate && IsUnchecked(p, certificate.Block) ? certificate.Block : null;

    private static CommitCertificate? FindCertificate(HeightState p)
    {
        foreach (var (round, messages) in p.Rounds)
        {
            if (messages.Precommits.QuorumBlock is { } block && block != default)
            {
                CommitSignature[] signatures =
                    [.. messages.Precommits.For(block).Take(p.Validators.Quorum).Select(vote => new CommitSignature(vote.Validator, vote.Signature))];
                return new CommitCertificate(p.Chain, p.Height, round, block, signatures);
            }
        }

        return null;
    }
}
