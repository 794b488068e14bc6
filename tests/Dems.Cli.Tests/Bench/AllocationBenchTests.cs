using Dems.Cli.Bench;
using Xunit;

namespace Dems.Cli.Tests.Bench;

public sealed class AllocationBenchTests
{
    public static TheoryData<string> Rules => [.. AllocationBench.Rules];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Bench_OfASmallPool_SharesSomeOfTheDayAndConservesAll(string rule)
    {
        var row = new AllocationBench(meters: 60, intervals: 96).Measure(rule);

        Assert.True(row.Conserved);
        Assert.Equal((rule, 60, 96), (row.Rule, row.Meters, row.Intervals));
        Assert.True(row is { AllocatedWh: > 0, GridWh: > 0, ExportedWh: >= 0, CpuSeconds: >= 0, BytesPerMeter: > 0 }, row.ToString());
    }
}
