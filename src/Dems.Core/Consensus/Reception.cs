using System.Collections.Immutable;
using Dems.Core.Ledger;

namespace Dems.Core.Consensus;

/// <summary>
/// Takes messages into the height's log (the paper keeps all ever received; this one is bounded). The first message of a validator, round and kind is
/// held; a conflicting second one is evidence, reported once. A conflicting vote is held beside the first only for a block that a held
/// proposal names for that round: without it a double voter could show its two votes to different members, and a lock that one of them took with
/// its help could never be justified to the others, who would stay apart for good.
/// </summary>
internal static class Reception
{
    /// <summary>Holds a proposal, with the judgement of its header's time.</summary>
    public static HeightState OfProposal(HeightState p, Proposal m, BlockTime now, List<ConsensusEffect> effects)
    {
        if (!ProposalRules.IsWellFormed(p, m))
        {
            return p;
        }

        p = Heard(p, m.Proposer, m.Round);
        if (!TryMakeRoom(ref p, m.Proposer, m.Round))
        {
            return p;
        }

        var round = p.MessagesOf(m.Round);
        if (round.Proposal is not { } first)
        {
            p = p.WithMessages(m.Round, round with { Proposal = m, ProposalRefused = !ProposalRules.IsAcceptable(p, m, now) });
            return p.WithBlock(m.BlockHash, p.BlockOf(m.BlockHash) is { } known
                ? known with { Block = known.Block ?? m.Block, Source = known.Source ?? m }
                : new KnownBlock(m.Block, m, BlockStatus.Unchecked));
        }

        if ((first.BlockHash == m.BlockHash && first.ValidRound == m.ValidRound) || round.ProposerReported)
        {
            return p;
        }

        effects.Add(new ConsensusEffect.ReportEvidence(Evidence.Of(first, m)));
        return p.WithMessages(m.Round, round with { ProposerReported = true });
    }

    /// <summary>Holds a vote.</summary>
    public static HeightState OfVote(HeightState p, Vote m, List<ConsensusEffect> effects)
    {
        if (!VoteRules.IsWellFormed(p, m))
        {
            return p;
        }

        p = Heard(p, m.Validator, m.Round);
        if (!TryMakeRoom(ref p, m.Validator, m.Round))
        {
            return p;
        }

        var round = p.MessagesOf(m.Round);
        var votes = round.Votes(m.Type);
        if (votes.Contains(m.Validator, m.Block))
        {
            return p;
        }

        if (votes.Of(m.Validator) is { } first)
        {
            if (!votes.IsReported(m.Validator))
            {
                effects.Add(new ConsensusEffect.ReportEvidence(Evidence.Of(first, m)));
                votes = votes.WithReported(m.Validator);
            }

            if (!IsNamedByProposal(p, m.Round, m.Block))
            {
                return p.WithMessages(m.Round, round.WithVotes(m.Type, votes));
            }
        }

        return p.WithMessages(m.Round, round.WithVotes(m.Type, votes.With(m)));
    }

    /// <summary>Holds a certificate of this height.</summary>
    public static HeightState OfCertificate(HeightState p, CommitCertificate m) =>
        p.Certificate is null && m.Chain == p.Chain && m.Height == p.Height ? p with { Certificate = m } : p;

    /// <summary>Holds a block that was fetched for a certificate; others were not asked for.</summary>
    public static HeightState OfBlock(HeightState p, Block block, BlockHash hash) =>
        p.BlockOf(hash) is { Block: null } known ? p.WithBlock(hash, known with { Block = block }) : p;

    /// <summary>Holds the answer to a check. The first answer stands.</summary>
    public static HeightState OfCheck(HeightState p, BlockHash hash, bool valid) =>
        p.BlockOf(hash) is { Status: BlockStatus.Unchecked or BlockStatus.Asked } known
            ? p.WithBlock(hash, known with { Status = valid ? BlockStatus.Valid : BlockStatus.Invalid })
            : p;

    /// <summary>Forgets what is far behind, when a round begins.</summary>
    public static HeightState Forget(HeightState p)
    {
        var kept = p.Rounds.RemoveRange(p.Rounds.Keys.Where(round => !IsHeld(p, round)).ToArray());
        return WithoutUnusedBlocks(p with { Rounds = kept });
    }

    private static HeightState Heard(HeightState p, int validator, int round) =>
        p.HighestRounds[validator] >= round ? p : p with { HighestRounds = p.HighestRounds.SetItem(validator, round) };

    /// <summary>Whether a message of this validator may be held for the round; makes room for it by dropping the validator's own oldest future round.</summary>
    private static bool TryMakeRoom(ref HeightState p, int validator, int round)
    {
        if (round <= p.Round || p.MessagesOf(round).HasMessageOf(validator))
        {
            return IsHeld(p, round);
        }

        var current = p.Round;
        int[] future = [.. p.Rounds.Where(pair => pair.Key > current && pair.Value.HasMessageOf(validator)).Select(pair => pair.Key)];
        if (future.Length < HeightState.FutureRoundsPerValidator)
        {
            return true;
        }

        if (round < future[0])
        {
            return false;
        }

        p = WithoutUnusedBlocks(p.WithMessages(future[0], p.MessagesOf(future[0]).Without(validator)));
        return true;
    }

    private static bool IsHeld(HeightState p, int round) =>
        round >= p.Round - HeightState.PastRounds
        || round == p.ValidRound
        || p.Rounds.Any(pair => pair.Key >= p.Round - HeightState.PastRounds && pair.Value.Proposal?.ValidRound == round);

    private static bool IsNamedByProposal(HeightState p, int round, BlockHash block) =>
        p.Rounds.Any(pair => pair.Value.Proposal is { } proposal && proposal.BlockHash == block && (pair.Key == round || proposal.ValidRound == round));

    private static HeightState WithoutUnusedBlocks(HeightState p)
    {
        var used = p.Rounds.Values.Select(round => round.Proposal?.BlockHash ?? default).ToImmutableHashSet().Add(p.ValidBlockHash);
        used = p.Certificate is null ? used : used.Add(p.Certificate.Block);
        return p with { Blocks = p.Blocks.RemoveRange(p.Blocks.Keys.Where(hash => !used.Contains(hash))) };
    }
}
