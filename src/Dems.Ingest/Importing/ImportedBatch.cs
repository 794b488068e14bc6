using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Importing;

/// <summary>A batch cut from a source.</summary>
/// <param name="Key">Its name in the journal.</param>
/// <param name="Batch">The readings.</param>
/// <param name="FirstLine">Lowest line of the source that went into it.</param>
/// <param name="LastLine">Highest line that went into it.</param>
internal sealed record ImportedBatch(BatchKey Key, ReadingBatch Batch, long FirstLine, long LastLine);
