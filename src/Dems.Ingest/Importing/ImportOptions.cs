using Dems.Contracts.Submission;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Importing;

/// <summary>How an import works.</summary>
public sealed record ImportOptions
{
    private readonly int _batchSize = 96;

    /// <summary>Readings per batch and node, 1…<see cref="ReadingBatch.MaxReadings"/>; 96 is a day of quarter-hours.</summary>
    public int BatchSize
    {
        get => _batchSize;
        init => _batchSize = value is >= 1 and <= ReadingBatch.MaxReadings
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A batch has 1 to {ReadingBatch.MaxReadings} readings.");
    }

    /// <summary>Batches submitted in one call.</summary>
    public int GroupSize { get; init; } = 32;

    /// <summary>Calls under way at once.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>What to wait for before a batch counts as delivered.</summary>
    public SubmitWait Wait { get; init; } = SubmitWait.Promise;

    /// <summary>Nodes that one source may hold readings of; it bounds what is gathered at once.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>First pause when the member is busy; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Attempts per batch while the member is busy; then the import stops and can be resumed.</summary>
    public int MaxAttempts { get; init; } = 40;
}
