using Xunit;

namespace Dems.Simulation.Tests;

/// <summary>Runs seeds and says which one failed.</summary>
internal static class Seeds
{
    public static void AreClean(ulong from, int count, SimulationOptions options)
    {
        var sweep = SimulationRunner.Sweep(
            from, count, options, threads: Environment.ProcessorCount, stopAtFailure: true, _ => { }, TestContext.Current.CancellationToken);

        Assert.True(sweep.Failures.Count == 0, sweep.Failures.Count == 0 ? "" : Describe(sweep.Failures[0]));
        Assert.Equal(count, sweep.Seeds);
        Assert.True(sweep.Entries > count, "Hardly anything was ordered.");
    }

    public static string Describe(SimulationResult result) =>
        $"seed {result.Seed}: {result.Scenario}\n{string.Join('\n', result.Violations)}\n{string.Join('\n', result.LastEvents.TakeLast(60))}";
}
