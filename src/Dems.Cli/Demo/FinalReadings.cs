using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Chains;

namespace Dems.Cli.Demo;

/// <summary>Counts the readings of a member's chain.</summary>
internal static class FinalReadings
{
    /// <summary>Readings in the batches that the chain orders, each content once.</summary>
    public static async Task<long> CountAsync(ChainSite site, CancellationToken cancellationToken)
    {
        var count = 0L;
        var seen = new HashSet<ContentId>();
        for (var index = 0L; await site.Store.Chain.ReadEntriesAsync(index, Block.MaxEntries, cancellationToken) is { Count: > 0 } entries; index += entries.Count)
        {
            foreach (var entry in entries)
            {
                if (seen.Add(entry.Content) && EntryCodec.TryDecode(entry.Bytes, out var opened, out _) && opened.Body is ReadingBatch batch)
                {
                    count += batch.Count;
                }
            }
        }

        return count;
    }
}
