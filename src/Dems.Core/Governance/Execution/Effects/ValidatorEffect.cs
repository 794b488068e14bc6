using Dems.Core.Consensus;
using Dems.Core.Crypto;
using Dems.Core.Governance.Payloads;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution.Effects;

/// <summary>
/// Changes the validators from the second next height on: the next header names the set of its own and of the following height, and the first of them is certified before
/// this block's outcome is. Who signs as a member changes at once.
/// </summary>
internal static class ValidatorEffect
{
    public static EntryOutcome Apply(StateDraft draft, Height height, ValidatorChange change)
    {
        var schedule = draft.Get(StateKeys.Validators, StateDecoders.Validators)!;
        var from = height.Next.Next;
        var keys = schedule.At(from).Keys;
        return change switch
        {
            ValidatorChange.Add add => Add(draft, schedule, from, keys, add),
            ValidatorChange.Remove remove => Remove(draft, schedule, from, keys, remove),
            ValidatorChange.Replace replace => Replace(draft, schedule, from, keys, replace),
            _ => throw new InvalidOperationException($"{change.GetType().Name} was accepted but has no effect."),
        };
    }

    private static EntryOutcome Add(StateDraft draft, ValidatorSchedule schedule, Height from, IReadOnlyList<PublicKey> keys, ValidatorChange.Add add)
    {
        if (IsKnown(draft, add.Key))
        {
            return keys.Contains(add.Key) ? EntryOutcome.Duplicate : EntryOutcome.RefusedTaken;
        }

        if (keys.Count == ValidatorSet.MaxValidators)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        var fingerprint = add.Key.Fingerprint;
        draft.Set(StateKeys.Key(fingerprint), new KeyRecord(fingerprint, KeyStatus.Active));
        draft.Set(StateKeys.Member(fingerprint), new MemberRecord(add.Name));
        return Set(draft, schedule, from, keys.Append(add.Key));
    }

    private static EntryOutcome Remove(StateDraft draft, ValidatorSchedule schedule, Height from, IReadOnlyList<PublicKey> keys, ValidatorChange.Remove remove)
    {
        if (!keys.Contains(remove.Key))
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (keys.Count == 1)
        {
            return EntryOutcome.RefusedNotAllowed;
        }

        var fingerprint = remove.Key.Fingerprint;
        draft.Remove(StateKeys.Member(fingerprint));
        draft.Set(StateKeys.Key(fingerprint), KeyOf(draft, fingerprint) with { Status = KeyStatus.Removed });
        return Set(draft, schedule, from, keys.Where(key => !key.Equals(remove.Key)));
    }

    private static EntryOutcome Replace(StateDraft draft, ValidatorSchedule schedule, Height from, IReadOnlyList<PublicKey> keys, ValidatorChange.Replace replace)
    {
        if (!keys.Contains(replace.Key))
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        if (IsKnown(draft, replace.NewKey))
        {
            return EntryOutcome.RefusedTaken;
        }

        var (oldKey, newKey) = (replace.Key.Fingerprint, replace.NewKey.Fingerprint);
        var member = draft.Get(StateKeys.Member(oldKey), StateDecoders.Member)!;
        var record = KeyOf(draft, oldKey);
        draft.Set(StateKeys.Key(oldKey), record with { Status = KeyStatus.Rotated });
        draft.Set(StateKeys.Key(newKey), record);
        draft.Remove(StateKeys.Member(oldKey));
        draft.Set(StateKeys.Member(newKey), member);
        return Set(draft, schedule, from, keys.Select(key => key.Equals(replace.Key) ? replace.NewKey : key));
    }

    private static bool IsKnown(StateDraft draft, PublicKey key) => draft.Get(StateKeys.Key(key.Fingerprint), StateDecoders.Key) is not null;

    private static KeyRecord KeyOf(StateDraft draft, Hash32 fingerprint) => draft.Get(StateKeys.Key(fingerprint), StateDecoders.Key)!;

    private static EntryOutcome Set(StateDraft draft, ValidatorSchedule schedule, Height from, IEnumerable<PublicKey> keys)
    {
        draft.Set(StateKeys.Validators, schedule.With(from, new ValidatorSet(keys)));
        return EntryOutcome.Applied;
    }
}
