using Dems.Core.Governance.Execution;
using Dems.Core.Ledger.Execution.Intervals;

namespace Dems.Core.Ledger.Execution;

/// <summary>
/// All that happens by block time. A proposer proposes a block, an empty one if need be, once <see cref="Next"/> has come; executing it runs the sources in their fixed
/// order, which is also the order of their rows in the results tree. What decides which entries count (a ballot that opens) runs before the block's entries; what sums up (an
/// interval that closes) runs after them.
/// </summary>
internal static class DueEvents
{
    private static readonly DueSource[] BeforeEntries = [new BallotDues()];
    private static readonly DueSource[] AfterEntries = [new IntervalClosing()];

    /// <summary>The earliest block time at which any source has something to do; null if none has.</summary>
    public static BlockTime? Next(StateDraft draft)
    {
        BlockTime? next = null;
        foreach (var source in BeforeEntries.Concat(AfterEntries))
        {
            if (source.Next(draft) is { } due && (next is null || due < next))
            {
                next = due;
            }
        }

        return next;
    }

    /// <summary>Runs what is due at the block's time and comes before its entries.</summary>
    public static IReadOnlyList<ResultRow> RunBefore(StateDraft draft, BlockHeader header) => Run(BeforeEntries, draft, header);

    /// <summary>Runs what is due at the block's time and comes after its entries.</summary>
    public static IReadOnlyList<ResultRow> RunAfter(StateDraft draft, BlockHeader header) => Run(AfterEntries, draft, header);

    private static List<ResultRow> Run(DueSource[] sources, StateDraft draft, BlockHeader header)
    {
        var rows = new List<ResultRow>();
        foreach (var source in sources)
        {
            if (source.Next(draft) is { } due && due <= header.Time)
            {
                source.Run(draft, header, rows);
            }
        }

        return rows;
    }
}
