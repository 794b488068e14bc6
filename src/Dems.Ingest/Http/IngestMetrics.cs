using System.Diagnostics.Metrics;
using Dems.Core.Ledger.Entries;

namespace Dems.Ingest.Http;

/// <summary>What came in over HTTP. No label names a member, node or signer.</summary>
internal sealed class IngestMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Dems.Ingest";

    private readonly Counter<long> _readings;
    private readonly Counter<long> _entries;

    public IngestMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _readings = meter.CreateCounter<long>("dems.reading.accepted", "{reading}", "Readings kept for the first time.");
        _entries = meter.CreateCounter<long>("dems.ingest.entries", "{entry}", "Entries received, by outcome.");
    }

    public void Count(EntryAnswer answer, OpenedEntry? entry)
    {
        _entries.Add(1, new KeyValuePair<string, object?>("outcome", answer.Outcome.ToString()));
        if (answer is { Kept: true, Repeated: false } && entry?.Body is ReadingBatch batch)
        {
            _readings.Add(batch.Count);
        }
    }
}
