using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;

namespace Dems.Core.Governance.Execution;

/// <summary>All ballots ever proposed, in that order, so that they can be listed.</summary>
internal static class BallotIndex
{
    /// <summary>Ballots per page.</summary>
    public const int PageSize = 64;

    public static void Add(StateDraft draft, ContentId ballot)
    {
        var count = Count(draft);
        var key = StateKeys.BallotPage(count / PageSize);
        var page = draft.Get(key, StateDecoders.Hashes) ?? new HashListRecord([]);
        draft.Set(key, page.With(ballot.Value));
        draft.Set(StateKeys.BallotCount, new NumberRecord(count + 1));
    }

    public static long Count(StateDraft draft) => draft.Get(StateKeys.BallotCount, StateDecoders.Number)?.Value ?? 0;

    /// <summary>All ballots, the newest first.</summary>
    public static IEnumerable<ContentId> NewestFirst(StateDraft draft)
    {
        for (var page = (Count(draft) - 1) / PageSize; page >= 0; page--)
        {
            var hashes = draft.Get(StateKeys.BallotPage(page), StateDecoders.Hashes)?.Hashes ?? [];
            for (var i = hashes.Count - 1; i >= 0; i--)
            {
                yield return new ContentId(hashes[i]);
            }
        }
    }
}
