using Dems.Contracts.Submission;
using Dems.Core.Ledger.Encoding;

namespace Dems.Ingest.Http;

/// <summary>Bounds of <c>POST /v1/batches</c>; configuration section <see cref="Section"/>.</summary>
public sealed class HttpIngestOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Ingest:Http";

    internal static readonly string Bounds = $"{Section}: MaxBodyBytes lies in {EntryEnvelope.MaxMessageBytes}…{AbsoluteMaxBodyBytes}, " +
        $"MaxEntries in 1…{SubmitGroup.MaxEntries}, FinalTimeout in 0…10 minutes, MaxWaitingRequests in 0…65,536.";

    private const int AbsoluteMaxBodyBytes = 64 * 1024 * 1024;

    /// <summary>Longest body in bytes; never more than this of one request is held in memory.</summary>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Most entries of one request.</summary>
    public int MaxEntries { get; set; } = SubmitGroup.MaxEntries;

    /// <summary>How long <c>?wait=final</c> waits before it answers that the entries are promised but not all final.</summary>
    public TimeSpan FinalTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests whose entries may wait for a processor to check their signatures; more are told to come back.</summary>
    public int MaxWaitingRequests { get; set; } = 64;

    internal bool AreSound() =>
        MaxBodyBytes is >= EntryEnvelope.MaxMessageBytes and <= AbsoluteMaxBodyBytes
        && MaxEntries is >= 1 and <= SubmitGroup.MaxEntries
        && FinalTimeout >= TimeSpan.Zero && FinalTimeout <= TimeSpan.FromMinutes(10)
        && MaxWaitingRequests is >= 0 and <= 65_536;
}
