using Dems.Core.Energy;
using Dems.Core.Governance.Encoding;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>Executes proposals and votes. What happens to a ballot by time is in <see cref="BallotDues"/>.</summary>
internal static class BallotExecution
{
    /// <summary>A party or a member puts something to the vote.</summary>
    public static EntryOutcome Execute(StateDraft draft, BlockHeader header, OpenedEntry entry, KeyRecord signer, BallotProposal proposal)
    {
        var isMember = draft.Get(StateKeys.Member(entry.Signer.Fingerprint), StateDecoders.Member) is not null;
        var isParty = draft.Get(StateKeys.Party(signer.Address), StateDecoders.Party) is { Retired: false };
        if (!isMember && !isParty)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        var rules = draft.Get(StateKeys.Governance, StateDecoders.Governance)!.Rules;
        if (!BallotTimes.Allows(rules, header.Time, proposal.Notice, proposal.Deadline))
        {
            return EntryOutcome.RefusedSchedule;
        }

        var agenda = Agenda(draft);
        if (!HasRoom(draft, agenda, rules, signer.Address, isMember))
        {
            return EntryOutcome.RefusedBallotLimit;
        }

        var opensAt = BallotTimes.OpeningOf(header.Time, proposal.Notice);
        draft.Set(StateKeys.BallotTerms(entry.Content), new BallotTerms(
            BallotIndex.Add(draft, entry.Content),
            proposal.Payload.Kind,
            BallotPayloadCodec.Encode(proposal.Payload),
            proposal.Text,
            signer.Address,
            header.Time,
            opensAt,
            new BlockTime(proposal.Deadline * 1_000),
            new BlockTime(proposal.EffectiveFrom * 1_000),
            TallyRule.Of(proposal.Payload.Kind, rules)));
        draft.Set(StateKeys.BallotStanding(entry.Content), BallotStanding.Proposed);
        draft.Set(StateKeys.BallotAgenda, agenda.With(new BallotAgenda.Item(opensAt, entry.Content, signer.Address)));
        return EntryOutcome.Applied;
    }

    /// <summary>An elector votes. In a block at or after the deadline the ballot is tallied already.</summary>
    public static EntryOutcome Execute(StateDraft draft, OpenedEntry entry, KeyRecord signer, BallotVote vote)
    {
        var standingKey = StateKeys.BallotStanding(vote.Ballot);
        if (draft.Get(standingKey, StateDecoders.BallotStanding) is not { } standing)
        {
            return EntryOutcome.RefusedUnknownBallot;
        }

        if (standing.Phase != BallotPhase.Open)
        {
            return standing.Phase == BallotPhase.Notice ? EntryOutcome.RefusedNotOpen : EntryOutcome.RefusedClosed;
        }

        var mode = draft.Get(StateKeys.BallotTerms(vote.Ballot), StateDecoders.BallotTerms)!.Rule.Weights;
        var voter = mode == WeightMode.PerMember ? NodeAddress.Of(entry.Signer) : signer.Address;
        var (outcome, weight) = Electorate.Vote(draft, vote.Ballot, mode, voter, vote.Choice);
        if (outcome == EntryOutcome.Applied)
        {
            draft.Set(standingKey, standing with { Count = standing.Count.With(vote.Choice, weight) });
        }

        return outcome;
    }

    internal static BallotAgenda Agenda(StateDraft draft) => draft.Get(StateKeys.BallotAgenda, StateDecoders.BallotAgenda) ?? BallotAgenda.Empty;

    // Parties share a number of places, members have theirs besides: no crowd of parties keeps the members from deciding.
    private static bool HasRoom(StateDraft draft, BallotAgenda agenda, GovernanceRules rules, NodeAddress proposer, bool isMember) =>
        agenda.Items.Count(item => item.Proposer == proposer) < GovernanceRules.MaxPerProposer
        && (isMember || agenda.Items.Count(item => draft.Get(StateKeys.Party(item.Proposer), StateDecoders.Party) is not null) < rules.MaxOpenBallots);
}
