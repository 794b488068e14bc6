namespace Dems.Simulation;

/// <summary>What every seed of a run has in common; what is null, the seed decides.</summary>
public sealed record SimulationOptions
{
    /// <summary>Validators: 1 to 10; null lets the seed choose 4 or 7.</summary>
    public int? Validators { get; init; }

    /// <summary>Whether networks, clocks, disks and processes fail, and members lie.</summary>
    public bool Faults { get; init; } = true;
}
