using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Another tariff prices what is allocated from the ballot's effect on.</summary>
internal static class TariffEffect
{
    public static EntryOutcome Apply(StateDraft draft, BallotTerms terms, TariffChange change)
    {
        var schedule = draft.Get(StateKeys.Tariffs, StateDecoders.Schedule) ?? ScheduleRecord.Empty;
        draft.Set(StateKeys.Tariffs, schedule.With(new ScheduledBytes(terms.EffectiveFrom.UnixMilliseconds / 1_000, change.Tariff)));
        return EntryOutcome.Applied;
    }
}
