using System.Text.Json.Serialization;

namespace Dems.Cli.Bench;

/// <summary>One line of <c>dems bench ledger</c>: consensus against the bare pipeline on the same entries in the same run.</summary>
internal sealed record LedgerBenchRow
{
    [JsonPropertyName("readings_per_signature")]
    public required int ReadingsPerSignature { get; init; }

    [JsonPropertyName("entries")]
    public required int Entries { get; init; }

    [JsonPropertyName("bare_readings_per_second")]
    public required double BareReadingsPerSecond { get; init; }

    [JsonPropertyName("bare_cpu_us_per_reading")]
    public required double BareCpuMicrosecondsPerReading { get; init; }

    [JsonPropertyName("final_readings_per_second")]
    public required double FinalReadingsPerSecond { get; init; }

    [JsonPropertyName("final_cpu_us_per_reading")]
    public required double FinalCpuMicrosecondsPerReading { get; init; }

    [JsonPropertyName("blocks")]
    public required long Blocks { get; init; }

    /// <summary>The same with readings that the pool's policy counts: their intervals are allocated as they become complete, with a row of the results for each node.</summary>
    [JsonPropertyName("allocated_readings_per_second")]
    public required double AllocatedReadingsPerSecond { get; init; }

    [JsonPropertyName("allocated_cpu_us_per_reading")]
    public required double AllocatedCpuMicrosecondsPerReading { get; init; }

    [JsonPropertyName("intervals")]
    public required long Intervals { get; init; }

    /// <summary>Throughput with consensus over throughput without.</summary>
    [JsonPropertyName("ratio")]
    public double Ratio => Math.Round(FinalReadingsPerSecond / BareReadingsPerSecond, 3);

    [JsonPropertyName("allocated_ratio")]
    public double AllocatedRatio => Math.Round(AllocatedReadingsPerSecond / BareReadingsPerSecond, 3);

    public override string ToString() =>
        $"{ReadingsPerSignature,5} readings/signature, {Entries,6} entries: bare {BareReadingsPerSecond,11:N0}/s ({BareCpuMicrosecondsPerReading,7:F2} us CPU each), "
        + $"final {FinalReadingsPerSecond,11:N0}/s ({FinalCpuMicrosecondsPerReading,7:F2} us CPU each), {Blocks} blocks, ratio {Ratio:F3}; "
        + $"allocated, too {AllocatedReadingsPerSecond,11:N0}/s ({AllocatedCpuMicrosecondsPerReading,7:F2} us CPU each), {Intervals:N0} intervals, ratio {AllocatedRatio:F3}";
}
