using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Records that the statements of a period are approved, and by which ballot. A period is approved once: what changes it later are numbered notes.</summary>
internal static class SettlementEffect
{
    public static EntryOutcome Apply(StateDraft draft, ContentId ballot, SettlementApproval approval)
    {
        var key = StateKeys.ApprovedSettlement(approval.Period);
        if (draft.Get(key, StateDecoders.ApprovedSettlement) is { } approved)
        {
            return approved.Statements == approval.Statements ? EntryOutcome.Duplicate : EntryOutcome.RefusedTaken;
        }

        draft.Set(key, new ApprovedSettlement(approval.Statements, ballot));
        return EntryOutcome.Applied;
    }
}
