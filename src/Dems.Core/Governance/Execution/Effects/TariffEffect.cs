using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Tariffs;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Another tariff prices the intervals that start at the ballot's effect or later. Versions and times ascend strictly, as <see cref="TariffHistory"/> wants them.</summary>
internal static class TariffEffect
{
    public static EntryOutcome Apply(StateDraft draft, BallotTerms terms, TariffChange change)
    {
        var schedule = draft.Get(StateKeys.Tariffs, StateDecoders.Schedule) ?? ScheduleRecord.Empty;
        var next = new ScheduledBytes(terms.EffectiveFrom.UnixMilliseconds / 1_000, change.Tariff);
        if (schedule.Items is [.., var last] && (next.From <= last.From || VersionOf(next) <= VersionOf(last)))
        {
            return EntryOutcome.RefusedRevision;
        }

        draft.Set(StateKeys.Tariffs, schedule.With(next));
        return EntryOutcome.Applied;
    }

    private static int VersionOf(ScheduledBytes tariff) => TariffCodec.TryDecode(tariff.Bytes, out var decoded, out var error)
        ? decoded.Version
        : throw new InvalidOperationException($"A tariff was put in force that does not decode: {error}.");
}
