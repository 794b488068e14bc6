using System.Globalization;

namespace Dems.Tests;

/// <summary>How much is tried: a base count times the environment variable DEMS_TEST_SCALE (default 1).</summary>
internal static class TestScale
{
    private static readonly int Factor =
        int.TryParse(Environment.GetEnvironmentVariable("DEMS_TEST_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    public static int Times(int count) => checked(count * Factor);

    public static long Times(long count) => checked(count * Factor);
}
