using Xunit;

namespace Dems.Simulation.Tests;

/// <summary>A run in which nothing happens proves nothing: what the rules are for must occur in the seeds that are run.</summary>
public sealed class SightingTests
{
    [Fact]
    public void Run_ManySeeds_GoThroughEverythingThatMatters()
    {
        string[] expected =
        [
            "block by catching up",
            "decision in a later round",
            "decision on a re-proposal",
            "decision while abstaining",
            "empty block",
            "evidence",
            "promise",
            "start in the middle of a height",
            "start with a lock",
            "start without a row",
        ];
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        SimulationRunner.Sweep(
            1,
            TestScale.Times(100),
            new SimulationOptions(),
            threads: Environment.ProcessorCount,
            stopAtFailure: false,
            result =>
            {
                foreach (var (what, times) in result.Sightings)
                {
                    counts[what] = counts.GetValueOrDefault(what) + times;
                }
            },
            TestContext.Current.CancellationToken);

        Assert.All(expected, what => Assert.True(counts.GetValueOrDefault(what) >= 5, $"{what}: {counts.GetValueOrDefault(what)}"));
    }
}
