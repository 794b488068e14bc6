namespace Dems.Simulation;

/// <summary>A rule of the product that a run breaks on purpose, at every honest member. Each must be noticed, or the simulation proves nothing.</summary>
public enum Mutation
{
    /// <summary>The product as it is.</summary>
    None,

    /// <summary>Prevotes ignore the lock.</summary>
    IgnoreLock,

    /// <summary>Messages leave without the safety row being written.</summary>
    SkipSafetyRow,

    /// <summary>Prevotes are cast for blocks whose bodies are not held.</summary>
    PrevoteWithoutBodies,

    /// <summary>The clock is asked about re-proposals too.</summary>
    ClockOnReproposals,

    /// <summary>A missing safety row is taken for a fresh one.</summary>
    FreshMissingRow,
}
