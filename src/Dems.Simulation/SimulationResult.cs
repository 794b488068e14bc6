namespace Dems.Simulation;

/// <summary>What one seed gave.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Scenario">What the seed stood for, in words.</param>
/// <param name="Violations">What went wrong; empty when the product kept its word.</param>
/// <param name="TraceHash">SHA-256 over all events in order, hexadecimal: equal for equal seeds and options.</param>
/// <param name="VirtualMs">Virtual time that passed, in milliseconds.</param>
/// <param name="Events">Events that happened.</param>
/// <param name="Blocks">Height of the chain at the end.</param>
/// <param name="Entries">Entries ordered.</param>
/// <param name="Faults">Crashes, partitions, damages and the like.</param>
/// <param name="Sightings">How often noteworthy things happened, by name.</param>
/// <param name="LastEvents">The last events, oldest first; empty unless there is a violation.</param>
public sealed record SimulationResult(
    ulong Seed,
    string Scenario,
    IReadOnlyList<string> Violations,
    string TraceHash,
    long VirtualMs,
    long Events,
    long Blocks,
    long Entries,
    int Faults,
    IReadOnlyDictionary<string, long> Sightings,
    IReadOnlyList<string> LastEvents);
