using Xunit;

namespace Dems.Simulation.Tests;

public sealed class FaultFreeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public void Run_WithoutFaults_OrdersEveryEntry(int validators) =>
        Seeds.AreClean(1, TestScale.Times(5), new SimulationOptions { Validators = validators, Faults = false });
}
