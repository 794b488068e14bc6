using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Later proposals are taken and counted by other rules.</summary>
internal static class GovernanceEffect
{
    public static EntryOutcome Apply(StateDraft draft, GovernanceChange change)
    {
        draft.Set(StateKeys.Governance, new GovernanceRecord(change.Rules));
        return EntryOutcome.Applied;
    }
}
