using Dems.Core.Ledger;
using Dems.Core.Ledger.Merkle;

namespace Dems.Replication.Ports;

/// <summary>
/// Decided blocks, certificates, entries and tree tiles of one chain at one member. Reads check what they return against its hash and throw
/// <see cref="DamageException"/> with the place rather than serve damaged bytes. Storage faults are <see cref="StorageException"/>s.
/// </summary>
public interface IChainStore
{
    /// <summary>Tiles of the chain's tree for proofs, as of the newest block. A damaged tile is a <see cref="DamageException"/>.</summary>
    ITileSource Tiles { get; }

    /// <summary>The tree's right edge at the head: what the next block's entries are appended to.</summary>
    ValueTask<MerkleFrontier> ReadFrontierAsync(CancellationToken cancellationToken);

    /// <summary>The newest block; null at genesis.</summary>
    ValueTask<DecidedBlock?> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>A block; null above the head.</summary>
    ValueTask<DecidedBlock?> ReadBlockAsync(Height height, CancellationToken cancellationToken);

    /// <summary>Ordered entries from an index on, at most <paramref name="count"/>; fewer at the end of the chain.</summary>
    ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(long firstIndex, int count, CancellationToken cancellationToken);

    /// <summary>The first ordered entry with a content id; null if none.</summary>
    ValueTask<StoredEntry?> FindByContentAsync(ContentId content, CancellationToken cancellationToken);

    /// <summary>The ordered entry with a leaf hash; null if none.</summary>
    ValueTask<StoredEntry?> FindByLeafAsync(LeafHash leaf, CancellationToken cancellationToken);

    /// <summary>
    /// Appends block, certificate, order of its entries and changed tiles in one transaction, and takes the entries out of the mempool. Every body must
    /// already be stored. The height must be the one after the head; otherwise nothing happens and an <see cref="InvalidOperationException"/> is thrown.
    /// </summary>
    Task AppendAsync(DecidedBlock block, CancellationToken cancellationToken);

    /// <summary>Checks everything that is stored (hashes, links, tree, tiles) and returns each damaged place; empty when sound.</summary>
    Task<IReadOnlyList<Damage>> ScanAsync(CancellationToken cancellationToken);

    /// <summary>Replaces damaged pieces of one block by a sound copy from a peer, after the caller verified its certificate against the validators of its height.</summary>
    Task RepairAsync(DecidedBlock block, IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken);
}
