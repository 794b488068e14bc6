using Dems.Cli.Chaos;
using Xunit;

namespace Dems.Cli.Tests.Chaos;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 2, 2)]
    [InlineData(100, 50, 99, 100)]
    [InlineData(200, 100, 198, 200)]
    public void Of_OneToN_GivesNearestRanks(int count, double p50, double p99, double max) =>
        Assert.Equal(new Spread(count, p50, p99, max), Spread.Of(Enumerable.Range(1, count).Reverse().Select(value => (double)value)));
}
