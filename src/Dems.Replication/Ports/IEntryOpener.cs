using Dems.Core.Ledger.Entries;

namespace Dems.Replication.Ports;

/// <summary>Opens entries (decoding and signature) off the critical path, on as many cores as it may use. Bounded; safe for concurrent use.</summary>
public interface IEntryOpener
{
    /// <summary>Opens each body, in order; null for one that does not open.</summary>
    Task<IReadOnlyList<OpenedEntry?>> OpenAsync(IReadOnlyList<ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken);
}
