namespace Dems.Simulation;

/// <summary>Runs seeds.</summary>
public static class SimulationRunner
{
    /// <summary>Runs one seed to its end.</summary>
    public static SimulationResult Run(ulong seed, SimulationOptions options)
    {
        using var cluster = new Cluster(seed, options);
        return cluster.Run(seed);
    }
}
