using Dems.Core.Energy;
using Dems.Formats.CityLearn;

namespace Dems.Formats.Tests.CityLearn;

public sealed class CityLearnTests
{
    private static readonly DateTime LastOfJuly = new(2022, 7, 31, 23, 0, 0, DateTimeKind.Utc);

    private static readonly CityLearnOptions FourKilowatts = new() { NominalPowerKw = new Dictionary<string, decimal>(StringComparer.Ordinal) { ["home"] = 4m } };

    [Fact]
    public async Task Row_GivesConsumptionInWhAndGenerationTimesNominalPower()
    {
        var outcome = await ReadAsync([MadeUpBuilding.Header, "7,24,7,0,1.2345,0,0,0,0", "8,1,1,0,2.5e-3,0,0,0,333.3333"], FourKilowatts);

        var start = new DateTimeOffset(LastOfJuly).ToUnixTimeSeconds();
        Assert.Empty(outcome.Rejected);
        Assert.Equal(
            [
                new ImportedReading("home", Carrier.Electricity, new Reading(Register.Consumption, start, 3600, 1234, Quality.Measured, 0), 2),
                new ImportedReading("home", Carrier.Electricity, new Reading(Register.Generation, start, 3600, 0, Quality.Measured, 0), 2),
                new ImportedReading("home", Carrier.Electricity, new Reading(Register.Consumption, start + 3600, 3600, 2, Quality.Measured, 0), 3),
                new ImportedReading("home", Carrier.Electricity, new Reading(Register.Generation, start + 3600, 3600, 1333, Quality.Measured, 0), 3),
            ],
            outcome.Accepted);
    }

    [Fact]
    public async Task GridExchange_WhenAskedFor_BalancesConsumptionAndGeneration()
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(LastOfJuly, 100), FourKilowatts with { DeriveGridExchange = true });

        Assert.Equal(400, outcome.Accepted.Count);
        foreach (var hour in outcome.Accepted.GroupBy(row => row.Reading.Start))
        {
            var by = hour.ToDictionary(row => row.Reading.Register, row => row.Reading);
            Assert.Equal(
                by[Register.Consumption].Quantity - by[Register.Generation].Quantity, by[Register.Import].Quantity - by[Register.Export].Quantity);
            Assert.Equal(0, Math.Min(by[Register.Import].Quantity, by[Register.Export].Quantity));
            Assert.Equal((Quality.Derived, Quality.Derived), (by[Register.Import].Quality, by[Register.Export].Quality));
        }
    }

    [Fact]
    public async Task ThermalDemand_WhenAskedFor_IsHeatOfBothKindsAndCooling()
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(LastOfJuly, 60), FourKilowatts with { ThermalDemand = true });

        Assert.Equal(60, outcome.Accepted.Count(row => row is { Carrier: Carrier.Heat, Reading: { Register: Register.Consumption, Quantity: 4 } }));
        Assert.Equal(
            60, outcome.Accepted.Count(row => row is { Carrier: Carrier.Cooling, Reading: { Register: Register.Consumption, Quantity: 2 } }));
    }

    [Fact]
    public async Task NominalPower_Unknown_CostsTheGenerationAndSaysSo()
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(LastOfJuly, 60), new CityLearnOptions { DeriveGridExchange = true });

        Assert.Equal(60, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, row => Assert.Equal(Register.Consumption, row.Reading.Register));
        Assert.Equal((1, "solar_generation"), Assert.Single(outcome.Rejected.Select(row => (row.Line, row.Field))));
    }

    [Fact]
    public async Task Offset_OfTheFilesClock_IsTakenAway()
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(LastOfJuly, 60), FourKilowatts with { UtcOffset = TimeSpan.FromHours(-8) });

        Assert.Equal(new DateTimeOffset(LastOfJuly).ToUnixTimeSeconds() + 8 * 3600, outcome.Accepted[0].Reading.Start);
    }

    [Theory]
    [InlineData("2011-02-14")]
    [InlineData("1999-12-31")]
    public async Task StartDate_WhenStated_Decides(string date)
    {
        var first = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var outcome = await ReadAsync(
            MadeUpBuilding.Write(first.ToDateTime(new TimeOnly(5, 0)), 30), FourKilowatts with { StartDate = first });

        Assert.Empty(outcome.Rejected);
        Assert.Equal(new DateTimeOffset(first.ToDateTime(new TimeOnly(5, 0)), TimeSpan.Zero).ToUnixTimeSeconds(), outcome.Accepted[0].Reading.Start);
    }

    [Fact]
    public async Task Beginning_WithoutChangeOfMonth_IsAskedFor()
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(new DateTime(2022, 7, 5, 0, 0, 0, DateTimeKind.Utc), 100), FourKilowatts);

        Assert.Empty(outcome.Accepted);
        Assert.Contains("start_date", Assert.Single(outcome.Rejected).Fix);
    }

    [Theory]
    [InlineData("our town")]
    [InlineData("a-data-set-with-a-name-that-leaves-no-room-for-that-of-the-building")]
    public async Task Dataset_ThatMakesNoId_IsRefusedBeforeAnyRow(string dataset)
    {
        var outcome = await ReadAsync(MadeUpBuilding.Write(LastOfJuly, 60), FourKilowatts with { Dataset = dataset });

        Assert.Empty(outcome.Accepted);
        Assert.Contains("dataset", Assert.Single(outcome.Rejected).Fix);
    }

    [Theory]
    [InlineData("month,hour,day_type,day_type,non_shiftable_load", "day_type", "twice")]
    [InlineData("month,hour,non_shiftable_load", "day_type", "missing")]
    public async Task Header_ThatCannotBeUnderstood_EndsTheImport(string header, string field, string reason)
    {
        var outcome = await ReadAsync([header, "7,24,7,0,1"], FourKilowatts);

        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((1, field), (rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
    }

    [Theory]
    [InlineData("7,1,7,0,x,0,0,0,0", "non_shiftable_load", "not a number")]
    [InlineData("7,1,7,0,-1,0,0,0,0", "non_shiftable_load", "negative")]
    [InlineData("7,1,7,0,1,0,0,0,-1", "solar_generation", "negative")]
    [InlineData("7,1,7,0,99999999999999,0,0,0,0", "non_shiftable_load", "exceeds")]
    [InlineData("7,1,7,0,,0,0,0,0", "non_shiftable_load", "not a number")]
    [InlineData("7,25,7,0,1,0,0,0,0", "hour", "not in the calendar")]
    [InlineData("7,1,7,0,1,0,0,0", "", "fields")]
    [InlineData("7,2,7,0,1,0,0,0,0", "hour", "is due here")]
    [InlineData("6,1,7,0,1,0,0,0,0", "month", "is due here")]
    [InlineData("7,1,6,0,1,0,0,0,0", "day_type", "is due here")]
    public async Task BadRow_BetweenGoodOnes_IsRefusedAloneAndKeepsItsHour(string row, string field, string reason)
    {
        var lines = MadeUpBuilding.Write(new DateTime(2022, 6, 30, 0, 0, 0, DateTimeKind.Utc), 200);
        lines[73] = row;
        var outcome = await ReadAsync(lines, FourKilowatts);

        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((74, field), (rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
        Assert.Equal(398, outcome.Accepted.Count);
        var start = new DateTimeOffset(2022, 6, 30, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        Assert.All(outcome.Accepted, reading => Assert.Equal(start + (reading.Line - 2) * 3600, reading.Reading.Start));
    }

    private static Task<Reader.Outcome> ReadAsync(IEnumerable<string> lines, CityLearnOptions options) =>
        Reader.ReadAsync(new CityLearnFormat(), string.Join('\n', lines) + "\n", new ImportContext("home.csv") { CityLearn = options });
}
