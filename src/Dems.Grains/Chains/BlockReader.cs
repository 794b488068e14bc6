using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Replication.Ports;

namespace Dems.Grains.Chains;

/// <summary>Opens the entries of stored blocks.</summary>
internal static class BlockReader
{
    /// <summary>
    /// The entries of a block in order: from the cache where they still are, otherwise from the disk. Their signatures were checked before they were stored, and the
    /// leaf hash says that these are the same bytes.
    /// </summary>
    public static async Task<IReadOnlyList<OpenedEntry>> OpenAsync(ChainSite site, Block block, CancellationToken cancellationToken)
    {
        var entries = new OpenedEntry[block.Leaves.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = site.Cache.TryGet(block.Leaves[i], out var cached) ? cached : await ReadAsync(site, block, block.Leaves[i], cancellationToken);
        }

        return entries;
    }

    private static async Task<OpenedEntry> ReadAsync(ChainSite site, Block block, LeafHash leaf, CancellationToken cancellationToken)
    {
        var body = await site.Store.Mempool.ReadBodyAsync(leaf, cancellationToken) ?? throw Damage(site, block, leaf, "is missing");
        return EntryCodec.TryDecode(body, out var entry, out var error) ? entry : throw Damage(site, block, leaf, error.ToString());
    }

    private static DamageException Damage(ChainSite site, Block block, LeafHash leaf, string reason) =>
        new(new Damage(site.Store.Files.Database, "entry", block.Header.Height, leaf.ToString(), reason));
}
