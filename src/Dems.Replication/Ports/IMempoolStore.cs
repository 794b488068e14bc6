using Dems.Core.Ledger;

namespace Dems.Replication.Ports;

/// <summary>
/// Entries that are durable but not yet ordered. Calls complete after the group commit that made them durable; concurrent calls share one.
/// Storage faults are <see cref="StorageException"/>s; after one, nothing of the call has happened.
/// </summary>
public interface IMempoolStore
{
    /// <summary>Admits submissions made at this member: one row per (chain, signer, sequence), counting ordered entries too. Answers in the order of the call.</summary>
    Task<IReadOnlyList<Admission>> AdmitAsync(IReadOnlyList<PooledEntry> entries, CancellationToken cancellationToken);

    /// <summary>Stores bodies that peers sent, keyed by leaf hash alone, since the chain may order either of two contents. Known leaves are left as they are. Returns whether each is still unordered.</summary>
    Task<IReadOnlyList<bool>> StoreBodiesAsync(IReadOnlyList<PooledEntry> bodies, CancellationToken cancellationToken);

    /// <summary>All unordered entries, oldest first.</summary>
    Task<IReadOnlyList<PendingEntry>> LoadPendingAsync(CancellationToken cancellationToken);

    /// <summary>The body of a leaf, ordered or not; null if not held. A body that no longer matches its leaf hash is a <see cref="DamageException"/>.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(LeafHash leaf, CancellationToken cancellationToken);

    /// <summary>Deletes unordered bodies that peers sent and that were received before a time; admitted submissions stay.</summary>
    Task<int> ExpireAsync(BlockTime receivedBefore, CancellationToken cancellationToken);

    /// <summary>
    /// After damage: deletes unordered bodies that no longer match their hash (peers that hold them send them again) and returns how many. Sound bodies
    /// whose other columns were lost are kept as submitted here.
    /// </summary>
    Task<int> MendAsync(CancellationToken cancellationToken);
}
