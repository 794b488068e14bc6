using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Another policy allocates the intervals of a carrier that start at the ballot's effect or later.</summary>
internal static class RuleEffect
{
    public static EntryOutcome Apply(StateDraft draft, BallotTerms terms, RuleChange change)
    {
        var key = StateKeys.Rules(change.Carrier);
        var schedule = draft.Get(key, StateDecoders.Schedule) ?? ScheduleRecord.Empty;
        draft.Set(key, schedule.With(new ScheduledBytes(terms.EffectiveFrom.UnixMilliseconds / 1_000, change.Policy)));
        return EntryOutcome.Applied;
    }
}
