namespace Dems.Cli.Tests.Fixtures;

/// <summary>How often a randomised test runs: a base count times DEMS_TEST_SCALE.</summary>
internal static class TestScale
{
    private static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("DEMS_TEST_SCALE"), out var factor) && factor > 0 ? factor : 1;

    public static int Times(int count) => Math.Max(1, (int)(count * Factor));
}
