using Dems.Core.Ledger.Entries;

namespace Dems.Core.Ledger.Receipts;

/// <summary>What a receipt shows: the entry itself, or single readings of a batch whose other readings stay hidden.</summary>
public abstract record ReceiptSubject
{
    private ReceiptSubject()
    {
    }

    /// <summary>The whole entry.</summary>
    /// <param name="Bytes">The envelope as it is on the chain.</param>
    public sealed record Entry(ReadOnlyMemory<byte> Bytes) : ReceiptSubject;

    /// <summary>Readings of a batch, in its order.</summary>
    /// <param name="Proofs">1…<see cref="ReadingBatch.MaxReadings"/> readings, each with its path in the batch's own tree.</param>
    public sealed record Readings(IReadOnlyList<ReadingProof> Proofs) : ReceiptSubject;
}
