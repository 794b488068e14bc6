using Dems.Core.Allocation.Encoding;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>Another policy allocates the intervals of a carrier that start at the ballot's effect or later.</summary>
internal static class RuleEffect
{
    public static EntryOutcome Apply(StateDraft draft, BallotTerms terms, RuleChange change)
    {
        var key = StateKeys.Policies(change.Carrier);
        if (draft.Get(key, StateDecoders.Policies) is not { } schedule)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        var policy = PolicyCodec.TryDecode(change.Policy, out var decoded, out var error)
            ? decoded
            : throw new InvalidOperationException($"A policy was voted on that does not decode: {error}.");
        var pool = draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;
        if (pool.RefusalOf(policy) is not null)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        // At the next moment at which an interval of the old length ends and one of the new length can begin: lengths divide each other.
        var effect = terms.EffectiveFrom.UnixMilliseconds / 1_000;
        var length = Math.Max(pool.LengthUnder(policy), pool.LengthUnder(schedule.At(effect).Policy));
        draft.Set(key, schedule.With(new PolicyPeriod((effect + length - 1) / length * length, policy)));
        return EntryOutcome.Applied;
    }
}
