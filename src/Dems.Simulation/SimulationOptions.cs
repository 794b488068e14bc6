namespace Dems.Simulation;

/// <summary>What the seeds of a run have in common; what is null, the seed decides.</summary>
public sealed record SimulationOptions
{
    /// <summary>Validators, 1 to 10; null lets the seed choose 4 or 7.</summary>
    public int? Validators { get; init; }

    /// <summary>Whether networks, clocks, disks and processes fail, and members lie.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>What all faulty members are; null lets the seed choose, damaged disks included.</summary>
    public ByzantineKind? Byzantine { get; init; }

    /// <summary>The rule to break.</summary>
    public Mutation Mutation { get; init; }

    /// <summary>Called with each event in words; slow. Changes nothing in the run.</summary>
    public Action<string>? Log { get; init; }
}
