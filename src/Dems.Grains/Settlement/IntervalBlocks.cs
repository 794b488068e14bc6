using System.Collections.Concurrent;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Execution.Intervals;
using Dems.Core.Settlement.Calendar;
using Dems.Core.Settlement.OnChain;
using Dems.Grains.Chains;
using Dems.Replication.Ports;

namespace Dems.Grains.Settlement;

/// <summary>
/// Which blocks of the chains allocated which intervals, so that a question about a month reads only the blocks that know. Found by reading the results of every block once per
/// process, on the first question and onwards from there.
/// </summary>
public sealed class IntervalBlocks
{
    private const int MostWaits = 40;

    private static readonly TimeSpan WaitPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<ChainId, Found> _chains = [];

    /// <summary>The blocks up to a height that allocated an interval which starts in a span, ascending, with their results. Null while the results of one are not here.</summary>
    internal async Task<IReadOnlyList<ProjectedResults>?> InAsync(ChainSite site, UtcSpan span, Height upTo, CancellationToken cancellationToken)
    {
        var found = _chains.GetOrAdd(site.Chain, _ => new Found());
        await found.Gate.WaitAsync(cancellationToken);
        try
        {
            if (!await ExtendAsync(found, site, upTo, cancellationToken))
            {
                return null;
            }
        }
        finally
        {
            found.Gate.Release();
        }

        var blocks = new List<ProjectedResults>();
        foreach (var (height, _, _) in found.Snapshot().Where(block => block.Height <= upTo && block.First < span.End && block.Last >= span.Start))
        {
            if (await site.FindResultsAsync(height, cancellationToken) is not { } results)
            {
                return null;
            }

            if (PoolHistory.Concerns(results.Results, span))
            {
                blocks.Add(results);
            }
        }

        return blocks;
    }

    private static async Task<bool> ExtendAsync(Found found, ChainSite site, Height upTo, CancellationToken cancellationToken)
    {
        // Blocks without results have no row in the tables: those are only known to be complete up to where they were brought. They follow the chain a moment later.
        for (var waits = 0; upTo.Value > Math.Max(site.ProjectedHeight, found.Scanned) && upTo > await site.Projection.ReadHeightAsync(cancellationToken); waits++)
        {
            if (waits == MostWaits)
            {
                return false;
            }

            await Task.Delay(WaitPeriod, cancellationToken);
        }

        while (found.Scanned < upTo.Value)
        {
            var height = new Height(found.Scanned + 1);
            if (await site.FindResultsAsync(height, cancellationToken) is { } results)
            {
                found.Add(height, results);
            }

            found.Scanned = height.Value;
        }

        return true;
    }

    private sealed class Found
    {
        private readonly List<(Height Height, long First, long Last)> _blocks = [];

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public long Scanned { get; set; }

        public void Add(Height height, ProjectedResults results)
        {
            var (first, last) = (long.MaxValue, long.MinValue);
            foreach (var bytes in results.Results.Rows)
            {
                if (PoolHistory.IsInterval(bytes.Span) && IntervalRow.TryDecode(bytes, out var row, out _))
                {
                    (first, last) = (Math.Min(first, row.Start), Math.Max(last, row.Start));
                }
            }

            if (first <= last)
            {
                lock (_blocks)
                {
                    _blocks.Add((height, first, last));
                }
            }
        }

        public (Height Height, long First, long Last)[] Snapshot()
        {
            lock (_blocks)
            {
                return [.. _blocks];
            }
        }
    }
}
