namespace Dems.Simulation.Tests;

/// <summary>How much is tried: DEMS_TEST_SCALE multiplies every count.</summary>
internal static class TestScale
{
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("DEMS_TEST_SCALE"), out var scale) && scale > 0 ? scale : 1;

    public static int Of(int count) => count * Factor;
}
