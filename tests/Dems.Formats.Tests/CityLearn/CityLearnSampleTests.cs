using System.Globalization;
using Dems.Core.Energy;

namespace Dems.Formats.Tests.CityLearn;

/// <summary>The published files, against sums that this test makes itself with string.Split.</summary>
public sealed class CityLearnSampleTests
{
    private static readonly (string Building, decimal Power)[] Powers2022 = [("Building_1", 4), ("Building_2", 4), ("Building_3", 4), ("Building_4", 5), ("Building_5", 4)];

    private static readonly (string Building, decimal Power)[] Powers2023 = [("Building_1", 2.4m), ("Building_2", 1.2m), ("Building_3", 2.4m)];

    [Fact]
    public async Task FiveHomesOf2022_Folder_GiveOneYearOfConsumptionAndGeneration()
    {
        var folder = SampleFiles.Path("citylearn2022");
        var plan = ImportSource.Expand(folder);

        Assert.Equal(Powers2022.Select(home => home.Building + ".csv"), plan.Files.Select(file => file.Context.FileName), StringComparer.Ordinal);
        Assert.All(plan.Notes, note => Assert.IsType<ImportRow.Skipped>(note));
        var outcome = await ReadAllAsync(plan);
        Assert.Empty(outcome.Rejected);
        Assert.Equal(87_600, outcome.Accepted.Count);
        Assert.Equal(new DateTime(2022, 7, 31, 23, 0, 0, DateTimeKind.Utc), Start(outcome.Accepted[0]));
        Assert.Equal(new DateTime(2023, 7, 31, 22, 0, 0, DateTimeKind.Utc), Start(outcome.Accepted[^1]));
        foreach (var (building, power) in Powers2022)
        {
            var rows = Rows(Path.Combine(folder, building + ".csv"));
            Assert.Equal(
                rows.Sum(row => Wh(row["non_shiftable_load"], 1000)),
                Sum(outcome, $"citylearn2022/{building}", Carrier.Electricity, Register.Consumption));
            Assert.Equal(
                rows.Sum(row => Wh(row["solar_generation"], power)),
                Sum(outcome, $"citylearn2022/{building}", Carrier.Electricity, Register.Generation));
        }
    }

    [Fact]
    public async Task ThreeHomesOf2023_Folder_GiveHeatAndCoolingToo()
    {
        var folder = SampleFiles.Path("citylearn2023-thermal");
        var outcome = await ReadAllAsync(ImportSource.Expand(folder));

        Assert.Empty(outcome.Rejected);
        Assert.Equal(3 * 2208 * 4, outcome.Accepted.Count);
        Assert.Equal(new DateTime(2021, 6, 1, 0, 0, 0, DateTimeKind.Utc), Start(outcome.Accepted[0]));
        foreach (var (building, power) in Powers2023)
        {
            var rows = Rows(Path.Combine(folder, building + ".csv"));
            var point = $"citylearn2023-thermal/{building}";
            Assert.Equal(rows.Sum(row => Wh(row["non_shiftable_load"], 1000)), Sum(outcome, point, Carrier.Electricity, Register.Consumption));
            Assert.Equal(rows.Sum(row => Wh(row["solar_generation"], power)), Sum(outcome, point, Carrier.Electricity, Register.Generation));
            Assert.Equal(rows.Sum(row => Wh(row["dhw_demand"], 1000)), Sum(outcome, point, Carrier.Heat, Register.Consumption));
            Assert.Equal(rows.Sum(row => Wh(row["cooling_demand"], 1000)), Sum(outcome, point, Carrier.Cooling, Register.Consumption));
        }
    }

    private static async Task<Reader.Outcome> ReadAllAsync(ImportPlan plan)
    {
        var outcome = new Reader.Outcome([], [], []);
        foreach (var file in plan.Files)
        {
            await foreach (var row in file.ReadAsync(TestContext.Current.CancellationToken))
            {
                outcome.Add(row);
            }
        }

        return outcome;
    }

    private static DateTime Start(ImportedReading reading) => DateTime.UnixEpoch.AddSeconds(reading.Reading.Start);

    private static long Sum(Reader.Outcome outcome, string point, Carrier carrier, Register register) =>
        outcome.Accepted.Where(row => row.MeteringPoint == point && row.Carrier == carrier && row.Reading.Register == register).Sum(
            row => row.Reading.Quantity);

    private static long Wh(string text, decimal factor) =>
        (long)Math.Round(decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) * factor, MidpointRounding.ToEven);

    private static List<Dictionary<string, string>> Rows(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => line.Split(',').Select((value, i) => (names[i], value)).ToDictionary(StringComparer.Ordinal))];
    }
}
