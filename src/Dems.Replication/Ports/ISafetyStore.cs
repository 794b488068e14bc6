namespace Dems.Replication.Ports;

/// <summary>
/// The safety row: the fence against signing twice. Neither a mailbox nor a grain activation is one. Beside the row a small file outside the database
/// holds the highest position ever signed (the high-water mark), so that a database that was restored from a copy is noticed.
/// </summary>
public interface ISafetyStore
{
    /// <summary>Creates the row at position zero. Refused if there is one: a missing row is never a fresh one, so only <c>init</c> calls this.</summary>
    Task CreateAsync(CancellationToken cancellationToken);

    /// <summary>Reads the row and takes it over: the epoch rises by one, durably. Null if the row is missing.</summary>
    Task<SafetyRow?> TakeOverAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the row if it still has <paramref name="expectedVersion"/> and <paramref name="row"/>'s epoch, durably, then raises the high-water mark.
    /// False if another activation wrote or took over meanwhile: the caller drops its memory and reloads.
    /// </summary>
    Task<bool> WriteAsync(SafetyRow row, long expectedVersion, CancellationToken cancellationToken);

    /// <summary>Creates a row for a validator whose row was lost, at the end of its abstention.</summary>
    Task RecreateAsync(SafetyRow row, CancellationToken cancellationToken);

    /// <summary>The high-water mark; null if its file is missing or damaged.</summary>
    ValueTask<SafetyPosition?> ReadHighWaterAsync(CancellationToken cancellationToken);
}
