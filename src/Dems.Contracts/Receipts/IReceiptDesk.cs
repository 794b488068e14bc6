using Dems.Contracts.Queries;

namespace Dems.Contracts.Receipts;

/// <summary>Issues receipts of final entries: self-contained, checked offline by whoever holds the genesis document (docs/receipts.md).</summary>
public interface IReceiptDesk
{
    /// <summary>Issues a receipt of an entry, or of one reading of a batch.</summary>
    /// <param name="pool">Name of the pool.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="reading">The reading to show without the others; null to show the entry itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReceiptAnswer> IssueAsync(string pool, EntryName entry, ReadingChoice? reading, CancellationToken cancellationToken);
}
