using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Governance.Execution;

/// <summary>All ballots ever proposed, in that order, so that they can be listed.</summary>
internal static class BallotIndex
{
    /// <summary>Ballots per page.</summary>
    public const int PageSize = 64;

    /// <summary>Adds a ballot and returns its number.</summary>
    public static long Add(StateDraft draft, ContentId ballot)
    {
        var count = Count(draft);
        var key = StateKeys.BallotPage(count / PageSize);
        var page = draft.Get(key, StateDecoders.Hashes) ?? new HashListRecord([]);
        draft.Set(key, page.With(ballot.Value));
        draft.Set(StateKeys.BallotCount, new CountRecord(count + 1));
        return count;
    }

    public static long Count(StateDraft draft) => draft.Get(StateKeys.BallotCount, StateDecoders.Count)?.Value ?? 0;

    /// <summary>The ballot of a number, 0…<see cref="Count"/> − 1.</summary>
    public static ContentId At(StateDraft draft, long number) =>
        new(draft.Get(StateKeys.BallotPage(number / PageSize), StateDecoders.Hashes)!.Hashes[(int)(number % PageSize)]);
}
