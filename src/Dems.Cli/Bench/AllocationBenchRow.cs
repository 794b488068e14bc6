using System.Text.Json.Serialization;

namespace Dems.Cli.Bench;

/// <summary>One line of <c>dems bench allocation</c>: a rule with all that it promises against the bare arithmetic in the same run.</summary>
internal sealed record AllocationBenchRow
{
    [JsonPropertyName("rule")]
    public required string Rule { get; init; }

    [JsonPropertyName("meters")]
    public required int Meters { get; init; }

    [JsonPropertyName("intervals")]
    public required int Intervals { get; init; }

    [JsonPropertyName("bare_cpu_seconds")]
    public required double BareCpuSeconds { get; init; }

    [JsonPropertyName("cpu_seconds")]
    public required double CpuSeconds { get; init; }

    /// <summary>On the wall: with what else the machine does.</summary>
    [JsonPropertyName("seconds")]
    public required double Seconds { get; init; }

    /// <summary>Processor time of the rule over that of the bare arithmetic.</summary>
    [JsonPropertyName("ratio")]
    public double Ratio => BareCpuSeconds > 0 ? Math.Round(CpuSeconds / BareCpuSeconds, 2) : 0;

    [JsonPropertyName("cpu_ns_per_meter_and_interval")]
    public double Nanoseconds => Math.Round(CpuSeconds * 1e9 / ((double)Meters * Intervals), 1);

    /// <summary>What the plan and its outcome hold.</summary>
    [JsonPropertyName("bytes_per_meter")]
    public required double BytesPerMeter { get; init; }

    [JsonPropertyName("allocated_wh")]
    public required long AllocatedWh { get; init; }

    [JsonPropertyName("exported_wh")]
    public required long ExportedWh { get; init; }

    [JsonPropertyName("grid_wh")]
    public required long GridWh { get; init; }

    [JsonPropertyName("conserved")]
    public required bool Conserved { get; init; }

    public override string ToString() =>
        $"{Rule,-16} {Meters,7} meters x {Intervals,3}: {Seconds,7:F3} s ({CpuSeconds,6:F3} s CPU), bare {BareCpuSeconds,6:F3} s CPU, ratio {Ratio,6:F2}, {Nanoseconds,6:F1} ns each, "
        + $"{BytesPerMeter,5:F0} bytes/meter, {(Conserved ? "conserved" : "NOT CONSERVED")}";
}
