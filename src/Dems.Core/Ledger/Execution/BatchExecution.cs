using Dems.Core.Energy;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// Executes batches, each whole or not at all. First every reading is judged against the state:
/// <list type="bullet">
/// <item>no reading at its interval, and none that overlaps: new;</item>
/// <item>the same interval with a lower revision: a correction;</item>
/// <item>the same interval, revision, quantity and quality: a repeat, which changes nothing;</item>
/// <item>the same interval with a higher revision, or an equal one with another value: <see cref="EntryOutcome.RefusedRevision"/>;</item>
/// <item>a part of an interval that the state holds otherwise: <see cref="EntryOutcome.RefusedOverlap"/>, whatever the revisions.</item>
/// </list>
/// A batch of repeats only is a duplicate; new readings and corrections may stand among repeats. The first refusal decides.
/// </summary>
internal static class BatchExecution
{
    public const int SecondsPerDay = 86_400;

    public static Verdict Execute(StateDraft draft, KeyRecord signer, ReadingBatch batch, BlockTime time)
    {
        var now = time.UnixMilliseconds / 1_000;
        var blockDay = (int)(now / SecondsPerDay);
        var authority = CheckAuthority(draft, signer, batch);
        if (authority.Outcome != EntryOutcome.Applied)
        {
            return authority;
        }

        var changes = false;
        var at = 0;
        foreach (var run in batch.Runs)
        {
            var verdict = Judge(new RegisterView(draft, batch.Node, run.Register, blockDay), run, at, ref changes);
            if (verdict.Outcome != EntryOutcome.Applied)
            {
                return verdict with { Role = authority.Role };
            }

            at += run.Quantities.Length;
        }

        if (!changes)
        {
            return authority with { Outcome = EntryOutcome.Duplicate };
        }

        var terms = draft.Get(StateKeys.PoolTerms, StateDecoders.PoolTerms)!.Terms;
        var notes = new IntervalNotes(draft, terms, draft.Get(StateKeys.Node(batch.Node), StateDecoders.Node)!, now);
        foreach (var run in batch.Runs)
        {
            Apply(draft, batch.Node, run, blockDay, notes);
        }

        notes.Flush();
        return authority;
    }

    private static Verdict CheckAuthority(StateDraft draft, KeyRecord signer, ReadingBatch batch)
    {
        if (draft.Get(StateKeys.Node(batch.Node), StateDecoders.Node) is not { } node)
        {
            return EntryOutcome.RefusedUnknownSubject;
        }

        // A node's own key line signs for all its registers; every other key needs a delegation.
        DelegationRecord? delegation = null;
        if (signer.Address != batch.Node)
        {
            delegation = draft.Get(StateKeys.Delegation(signer.Identity, batch.Node), StateDecoders.Delegation);
            if (delegation is null or { Revoked: true })
            {
                return delegation is null ? EntryOutcome.RefusedNotDelegated : EntryOutcome.RefusedRetired;
            }
        }

        var at = 0;
        foreach (var run in batch.Runs)
        {
            if (delegation is not null && (delegation.Registers >> (int)run.Register & 1) == 0)
            {
                return new Verdict(EntryOutcome.RefusedNotDelegated, at);
            }

            if (!node.Covers(run.Start, run.End) || delegation?.Covers(run.Register, run.Start, run.End) == false)
            {
                return new Verdict(EntryOutcome.RefusedPeriod, at);
            }

            at += run.Quantities.Length;
        }

        return new Verdict(EntryOutcome.Applied, Role: RoleOf(delegation));
    }

    private static SigningRole RoleOf(DelegationRecord? delegation) => delegation?.Role switch
    {
        null => SigningRole.Node,
        DelegationRole.Device => SigningRole.Device,
        DelegationRole.Gateway => SigningRole.Gateway,
        _ => throw new InvalidOperationException($"The state holds a delegation with the unknown role {delegation.Role}."),
    };

    private static Verdict Judge(RegisterView view, ReadingRun run, int firstAt, ref bool changes)
    {
        for (var i = 0; i < run.Quantities.Length; i++)
        {
            var outcome = Judge(view, run[i], ref changes);
            if (outcome != EntryOutcome.Applied)
            {
                return new Verdict(outcome, firstAt + i);
            }
        }

        return EntryOutcome.Applied;
    }

    private static EntryOutcome Judge(RegisterView view, in Reading reading, ref bool changes)
    {
        var offset = view.MoveTo(reading.Start);
        if (view.IsClosed)
        {
            return EntryOutcome.RefusedTooLate;
        }

        var bucket = view.Bucket;
        var at = bucket?.LowerBound(offset) ?? 0;
        if (bucket is not null && at < bucket.Count && bucket[at].Offset == offset)
        {
            var slot = bucket[at];
            if (slot.Duration != reading.Duration)
            {
                return EntryOutcome.RefusedOverlap;
            }

            changes |= reading.Revision > slot.Revision;
            var isRepeat = reading.Revision == slot.Revision && reading.Quantity == slot.Quantity && reading.Quality == slot.Quality;
            return isRepeat || reading.Revision > slot.Revision ? EntryOutcome.Applied : EntryOutcome.RefusedRevision;
        }

        changes = true;
        var previousEnd = bucket is not null && at > 0 ? bucket[at - 1].End : view.EndBefore();
        var nextStart = bucket is not null && at < bucket.Count ? bucket[at].Offset : view.StartAfter(offset + reading.Duration);
        return previousEnd > offset || nextStart < offset + reading.Duration ? EntryOutcome.RefusedOverlap : EntryOutcome.Applied;
    }

    private static void Apply(StateDraft draft, NodeAddress node, ReadingRun run, int blockDay, IntervalNotes notes)
    {
        var indexKey = StateKeys.RegisterIndex(node, run.Register);
        var index = draft.Get(indexKey, StateDecoders.RegisterIndex) ?? new RegisterIndex();
        foreach (var closed in index.Close(blockDay))
        {
            draft.Remove(StateKeys.DayBucket(node, run.Register, closed));
            draft.Set(indexKey, index);
        }

        var quantities = run.Quantities.Span;
        for (var i = 0; i < quantities.Length;)
        {
            var day = DayOf(run.Start + (long)i * run.Duration);
            var bucketKey = StateKeys.DayBucket(node, run.Register, day);
            var bucket = draft.Get(bucketKey, StateDecoders.DayBucket) ?? new DayBucket();
            for (; i < quantities.Length && run.Start + (long)i * run.Duration is var start && DayOf(start) == day; i++)
            {
                var slot = new ReadingSlot((int)(start % SecondsPerDay), run.Duration, quantities[i], run.Quality, run.Revision);
                var replaced = bucket.Put(slot);
                if (replaced != slot)
                {
                    notes.Add(run.Register, start, run.Duration, isNew: replaced is null);
                }
            }

            draft.Set(bucketKey, bucket);
            if (index.Touch(day, blockDay))
            {
                draft.Set(indexKey, index);
            }
        }
    }

    private static int DayOf(long start) => (int)(start / SecondsPerDay);
}
