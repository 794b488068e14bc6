using System.Globalization;

namespace Dems.Core.Tests.Ledger.Execution.Intervals;

/// <summary>Load and generation of real homes, hour by hour, read here on their own: Wh, rounded half to even.</summary>
internal sealed class MeteredHomes
{
    // Panels in kW: the files state generation per kW of them.
    private static readonly int[] PanelsKw = [4, 4, 4, 5, 4];

    private MeteredHomes(long[][] load, long[][] generation) => (Load, Generation) = (load, generation);

    public static int Count => PanelsKw.Length;

    public long[][] Load { get; }

    public long[][] Generation { get; }

    public int Hours => Load[0].Length;

    /// <summary>The first hours of the year; the test is skipped where the files are not.</summary>
    public static MeteredHomes Read(int hours)
    {
        var rows = Enumerable.Range(1, Count).Select(home => RowsOf(SampleFiles.Path("citylearn2022", $"Building_{home}.csv"), hours)).ToArray();
        return new MeteredHomes(
            [.. rows.Select(home => home.Select(row => Wh(row[7], 1_000m)).ToArray())],
            [.. rows.Select((home, i) => home.Select(row => Wh(row[11], PanelsKw[i])).ToArray())]);
    }

    private static string[][] RowsOf(string path, int hours) => [.. File.ReadLines(path).Skip(1).Take(hours).Select(line => line.Split(','))];

    private static long Wh(string value, decimal factor) => (long)Math.Round(decimal.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture) * factor, MidpointRounding.ToEven);
}
