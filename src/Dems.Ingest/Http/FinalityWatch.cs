using System.Collections.Concurrent;
using Dems.Contracts.Queries;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Microsoft.Extensions.Hosting;

namespace Dems.Ingest.Http;

/// <summary>
/// Waits for blocks in the HTTP process, outside any grain, and finds submitted entries in them, with what became of them. A process that stops answers at once with what
/// it has.
/// </summary>
internal sealed class FinalityWatch(ILedgerQueries queries, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often a result is looked for whose entry is ordered.</summary>
    private static readonly TimeSpan ResultPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Positions of those entries that are final within the time; with no time, of those that are final now.</summary>
    public async Task<IReadOnlyDictionary<ContentId, PositionAnswer>> FindAsync(
        IEnumerable<OpenedEntry> entries, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<ContentId, PositionAnswer>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var chains = entries.GroupBy(entry => entry.Chain, entry => entry.Content)
            .Select(chain => FollowAsync(PoolOf(chain.Key), [.. chain.Distinct()], atMost, found, stop.Token));
        try
        {
            await Task.WhenAll(chains);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The entries are promised already; only the wait ends.
        }

        return found;
    }

    private async Task FollowAsync(
        string pool, List<ContentId> wanted, TimeSpan atMost, ConcurrentDictionary<ContentId, PositionAnswer> found, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var height = 0L;
        while (true)
        {
            foreach (var content in wanted)
            {
                if (await queries.EntryAsync(pool, new EntryName(null, content.Value), cancellationToken) is { } entry)
                {
                    found[content] = new PositionAnswer(pool, entry.Index, entry.Height, entry.Leaf) { Result = entry.Outcome };
                }
            }

            // An entry has its place as soon as the block is stored, and its result a moment later, before the block is announced.
            wanted.RemoveAll(content => found.TryGetValue(content, out var position) && position.Result is not null);
            var left = atMost - time.GetElapsedTime(started);
            if (wanted.Count == 0 || left <= TimeSpan.Zero)
            {
                return;
            }

            // A block that came between the look and this call lies above the height already seen, so that it is not missed. Results need no further block.
            var patience = wanted.Exists(found.ContainsKey) && left > ResultPeriod ? ResultPeriod : left;
            height = await queries.WaitForBlockAsync(pool, height, patience, cancellationToken);
        }
    }

    private string PoolOf(ChainId chain)
    {
        var id = chain.ToString();
        return queries.Chains.First(c => string.Equals(c.Chain, id, StringComparison.Ordinal)).Pool;
    }
}
