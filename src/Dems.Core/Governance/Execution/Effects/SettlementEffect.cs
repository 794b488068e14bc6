using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Calendar;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>
/// Closes a period: records what names its statements and by which ballot, and hands out the numbers of the notes that come with them. Periods close in order, each day once;
/// each closing counts the blocks after those that the one before counted, so that no correction is settled twice or left out. What the statements say is for those who vote
/// to check: each can make them from the chain.
/// </summary>
internal static class SettlementEffect
{
    public static EntryOutcome Apply(StateDraft draft, BlockHeader header, ContentId ballot, SettlementApproval approval)
    {
        if (!BillingPeriod.TryParse(approval.Period, out var period))
        {
            throw new InvalidOperationException($"Ballot {ballot} was opened on the period '{approval.Period}', which is none.");
        }

        var key = StateKeys.ApprovedSettlement(period);
        if (draft.Get(key, StateDecoders.ApprovedSettlement) is { } approved)
        {
            return (approved.Statements, approved.AsOf.Value, approved.Notes) == (approval.Statements, approval.AsOf, approval.Notes) ? EntryOutcome.Duplicate : EntryOutcome.RefusedTaken;
        }

        var record = draft.Get(StateKeys.SettlementBook, StateDecoders.SettlementBook) ?? SettlementBookRecord.Empty;
        var asOf = new Height(approval.AsOf);
        if (asOf >= header.Height || asOf < record.AsOf || !record.Book.TryClose(period, approval.Notes, out var book, out _))
        {
            return EntryOutcome.RefusedPeriod;
        }

        draft.Set(key, new ApprovedSettlement(period, approval.Statements, ballot, asOf, record.NextNote, approval.Notes, record.Last));
        draft.Set(StateKeys.SettlementBook, new SettlementBookRecord(period, book.NextNote, asOf));
        return EntryOutcome.Applied;
    }
}
