namespace Dems.Core.Ledger.Execution;

/// <summary>
/// All that happens by block time. A proposer proposes a block, an empty one if need be, once <see cref="Next"/> has come; executing it runs the sources in their fixed
/// order, which is also the order of their rows in the results tree.
/// </summary>
internal static class DueEvents
{
    private static readonly DueSource[] Sources = [];

    /// <summary>The earliest block time at which any source has something to do; null if none has.</summary>
    public static BlockTime? Next(StateDraft draft)
    {
        BlockTime? next = null;
        foreach (var source in Sources)
        {
            if (source.Next(draft) is { } due && (next is null || due < next))
            {
                next = due;
            }
        }

        return next;
    }

    /// <summary>Runs every source that is due at the block's time.</summary>
    public static IReadOnlyList<ResultRow> Run(StateDraft draft, BlockHeader header)
    {
        var rows = new List<ResultRow>();
        foreach (var source in Sources)
        {
            if (source.Next(draft) is { } due && due <= header.Time)
            {
                source.Run(draft, header, rows);
            }
        }

        return rows;
    }
}
