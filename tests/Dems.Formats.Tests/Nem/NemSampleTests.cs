using System.Globalization;
using Dems.Core.Energy;

namespace Dems.Formats.Tests.Nem;

/// <summary>The sample files, against sums made here with string.Split.</summary>
public sealed class NemSampleTests
{
    [Theory]
    [InlineData("Example_NEM12_actual_interval.csv", 1)]
    [InlineData("Example_NEM12_multiple_quality.csv", 0)]
    public async Task Nem12Sample_IsReadWhole(string file, int skippedStreams)
    {
        var path = SampleFiles.Path("formats", "nem12-au", file);
        var outcome = await ReadAsync(path);

        Assert.Empty(outcome.Rejected);
        Assert.Equal(skippedStreams, outcome.Skipped.Count);
        Assert.Equal(48, outcome.Accepted.Count);
        var day = (await File.ReadAllLinesAsync(path)).First(line => line.StartsWith("300", StringComparison.Ordinal)).Split(',');
        var total = day.Skip(2).Take(48).Sum(value => decimal.Parse(value, CultureInfo.InvariantCulture)) * 1000;
        Assert.Equal(total, outcome.Accepted.Sum(row => row.Reading.Quantity));
        var start = DateTimeOffset.ParseExact(day[1] + "+10", "yyyyMMddzz", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        Assert.Equal(Enumerable.Range(0, 48).Select(i => start + i * 1800), outcome.Accepted.Select(row => row.Reading.Start));
    }

    [Fact]
    public async Task Nem12Sample_OfSeveralQualities_GivesEachIntervalItsOwn()
    {
        var outcome = await ReadAsync(SampleFiles.Path("formats", "nem12-au", "Example_NEM12_multiple_quality.csv"));

        Assert.Equal(
            [21, 22, 23, 24],
            outcome.Accepted.Select((row, i) => (row, i)).Where(pair => pair.row.Reading.Quality == Quality.Measured).Select(pair => pair.i + 1));
        Assert.Equal(44, outcome.Accepted.Count(row => row.Reading.Quality == Quality.Substituted));
    }

    [Fact]
    public async Task Nem13Sample_IsOneReadingOfThreeMonths()
    {
        var outcome = await ReadAsync(SampleFiles.Path("formats", "nem12-au", "Example_NEM13_consumption_data.csv"));

        Assert.Empty(outcome.Rejected);
        var reading = Assert.Single(outcome.Accepted).Reading;
        Assert.Equal((Register.Import, 1_312_100L, Quality.Measured), (reading.Register, reading.Quantity, reading.Quality));
        Assert.Equal(new DateTimeOffset(2004, 1, 7, 10, 3, 33, TimeSpan.FromHours(10)).ToUnixTimeSeconds(), reading.Start + reading.Duration);
    }

    private static async Task<Reader.Outcome> ReadAsync(string path)
    {
        var outcome = new Reader.Outcome([], [], []);
        var plan = ImportSource.Expand(path);
        Assert.Empty(plan.Notes);
        await foreach (var row in Assert.Single(plan.Files).ReadAsync(TestContext.Current.CancellationToken))
        {
            outcome.Add(row);
        }

        return outcome;
    }
}
