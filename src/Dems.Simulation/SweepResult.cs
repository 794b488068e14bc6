namespace Dems.Simulation;

/// <summary>What a range of seeds gave.</summary>
/// <param name="From">The first seed.</param>
/// <param name="Seeds">Seeds that were run.</param>
/// <param name="Failures">The seeds with violations, ascending.</param>
/// <param name="Blocks">Blocks decided in all of them.</param>
/// <param name="Entries">Entries ordered in all of them.</param>
/// <param name="Faults">Faults injected in all of them.</param>
/// <param name="Events">Events that happened in all of them.</param>
/// <param name="TraceHash">SHA-256 over the trace hashes in the order of the seeds, hexadecimal.</param>
public sealed record SweepResult(
    ulong From, int Seeds, IReadOnlyList<SimulationResult> Failures, long Blocks, long Entries, long Faults, long Events, string TraceHash);
