using Xunit;

namespace Dems.Simulation.Tests;

public sealed class FaultFreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Run_WithoutFaults_OrdersEveryEntry(int validators)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var result = SimulationRunner.Run(seed, new SimulationOptions { Validators = validators, Faults = false });

            Assert.True(result.Violations.Count == 0, $"seed {seed}: {string.Join("; ", result.Violations)}\n{string.Join('\n', result.LastEvents)}");
            Assert.True(result.Entries > 0);
        }
    }
}
