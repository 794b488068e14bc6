using Dems.Contracts.Queries;
using Dems.Core.Ledger;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Finds ordered entries by whatever name they are asked for.</summary>
internal static class EntrySearch
{
    /// <summary>The entry at an index, or the first one with a content id or leaf hash; null if the chain has none.</summary>
    public static async ValueTask<StoredEntry?> FindAsync(this IChainStore chain, EntryName name, CancellationToken cancellationToken)
    {
        if (name.Index is { } index)
        {
            return await chain.ReadEntriesAsync(index, 1, cancellationToken) is [var found, ..] ? found : null;
        }

        return await chain.FindByContentAsync(new ContentId(name.Hash), cancellationToken)
            ?? await chain.FindByLeafAsync(new LeafHash(name.Hash), cancellationToken);
    }
}
