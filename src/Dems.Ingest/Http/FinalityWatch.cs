using System.Collections.Concurrent;
using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Entries;
using Microsoft.Extensions.Hosting;

namespace Dems.Ingest.Http;

/// <summary>
/// Waits for blocks in the HTTP process, outside any grain, and finds submitted entries in them, with what became of them. A process that stops answers at once with what
/// it has.
/// </summary>
internal sealed class FinalityWatch(ILedgerQueries queries, IReceiptDesk receipts, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>How often the result of an ordered entry is looked for, and its receipt.</summary>
    private static readonly TimeSpan ResultPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Positions, with receipts, of those entries that are final within the time; with no time, of those that are final now, without.</summary>
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
                if (await PositionOfAsync(pool, content, receipt: atMost > TimeSpan.Zero, cancellationToken) is { } position)
                {
                    found[content] = position;
                }
            }

            // An entry has its place as soon as its block is stored, its result once that is executed, and its receipt with the next block.
            wanted.RemoveAll(content => found.TryGetValue(content, out var position) && position.Receipt is not null);
            var left = atMost - time.GetElapsedTime(started);
            if (wanted.Count == 0 || left <= TimeSpan.Zero)
            {
                return;
            }

            // A block that came between the look and this call lies above the height already seen, so that it is not missed. A receipt may need the query tables, too.
            var patience = wanted.Exists(found.ContainsKey) && left > ResultPeriod ? ResultPeriod : left;
            height = await queries.WaitForBlockAsync(pool, height, patience, cancellationToken);
        }
    }

    private async Task<PositionAnswer?> PositionOfAsync(string pool, ContentId content, bool receipt, CancellationToken cancellationToken)
    {
        var name = new EntryName(null, content.Value);
        if (await queries.EntryAsync(pool, name, cancellationToken) is not { } entry)
        {
            return null;
        }

        var answer = receipt && entry.Outcome is not null ? await receipts.IssueAsync(pool, name, reading: null, cancellationToken) : null;
        return new PositionAnswer(pool, entry.Index, entry.Height, entry.Leaf)
        {
            Result = entry.Outcome,
            Receipt = answer?.Standing == ReceiptStanding.Issued ? answer.Receipt.ToArray() : null,
        };
    }

    private string PoolOf(ChainId chain)
    {
        var id = chain.ToString();
        return queries.Chains.First(c => string.Equals(c.Chain, id, StringComparison.Ordinal)).Pool;
    }
}
