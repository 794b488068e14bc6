using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>
/// What happens to ballots by block time, each in the first block at or after it: opening (the electorate is frozen), tally at the deadline, effect. It runs before the block's
/// entries, so that a vote in that block meets a ballot that is open or closed as its time says.
/// </summary>
internal sealed class BallotDues : DueSource
{
    /// <inheritdoc/>
    public override BlockTime? Next(StateDraft draft) => BallotExecution.Agenda(draft).Items is [var first, ..] ? first.Due : null;

    /// <inheritdoc/>
    public override void Run(StateDraft draft, BlockHeader header, List<ResultRow> rows)
    {
        while (BallotExecution.Agenda(draft).Items is [var item, ..] && item.Due <= header.Time)
        {
            var terms = draft.Get(StateKeys.BallotTerms(item.Ballot), StateDecoders.BallotTerms)!;
            var standing = draft.Get(StateKeys.BallotStanding(item.Ballot), StateDecoders.BallotStanding)!;
            var (after, due) = standing.Phase switch
            {
                BallotPhase.Notice => Open(draft, header, item.Ballot, terms, standing, rows),
                BallotPhase.Open => Tally(draft, item.Ballot, terms, standing, rows),
                BallotPhase.Accepted => TakeEffect(draft, header, item.Ballot, terms, standing, rows),
                _ => throw new InvalidOperationException($"Ballot {item.Ballot} is on the agenda in phase {standing.Phase}."),
            };
            draft.Set(StateKeys.BallotStanding(item.Ballot), after);
            var agenda = BallotExecution.Agenda(draft);
            draft.Set(StateKeys.BallotAgenda, due is { } next ? agenda.With(item with { Due = next }) : agenda.Without(item.Ballot));
        }
    }

    private static (BallotStanding After, BlockTime? Due) Open(
        StateDraft draft, BlockHeader header, ContentId ballot, BallotTerms terms, BallotStanding standing, List<ResultRow> rows)
    {
        var validators = draft.Get(StateKeys.Validators, StateDecoders.Validators)!.At(header.Height);
        var count = Electorate.Freeze(draft, ballot, terms.Rule.Weights, validators);
        rows.Add(new BallotOpening(ballot, terms.Kind, count.Electors, count.Total));
        return (standing with { Phase = BallotPhase.Open, Count = count }, terms.Deadline);
    }

    private static (BallotStanding After, BlockTime? Due) Tally(
        StateDraft draft, ContentId ballot, BallotTerms terms, BallotStanding standing, List<ResultRow> rows)
    {
        var decision = terms.Rule.Decide(standing.Count);
        Electorate.Drop(draft, ballot);
        rows.Add(new BallotTally(ballot, terms.Kind, terms.Rule, standing.Count, decision));
        return decision == BallotDecision.Accepted
            ? (standing with { Phase = BallotPhase.Accepted, Decision = decision }, terms.EffectiveFrom)
            : (standing with { Phase = BallotPhase.Rejected, Decision = decision }, null);
    }

    private static (BallotStanding After, BlockTime? Due) TakeEffect(
        StateDraft draft, BlockHeader header, ContentId ballot, BallotTerms terms, BallotStanding standing, List<ResultRow> rows)
    {
        var outcome = BallotEffects.Apply(draft, header, ballot, terms);
        rows.Add(new BallotEffect(ballot, terms.Kind, outcome));
        var phase = outcome is EntryOutcome.Applied or EntryOutcome.Duplicate ? BallotPhase.Effective : BallotPhase.Failed;
        return (standing with { Phase = phase, Effect = outcome }, null);
    }
}
