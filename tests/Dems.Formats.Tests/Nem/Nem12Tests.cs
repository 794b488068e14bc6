using Dems.Core.Energy;
using Dems.Formats.Nem;

namespace Dems.Formats.Tests.Nem;

public sealed class Nem12Tests
{
    private const string Header = "100,NEM12,202401020000,MDP1,RET1\n";
    private const string Stream = "200,NMI0000001,E1B1,1,E1,N1,METER1,kWh,30,\n";
    private const string Trailer = "900\n";
    private const long MarketMidnight = 1_704_031_200; // 2023-12-31T14:00:00Z is 2024-01-01T00:00 at UTC+10.

    [Fact]
    public async Task Day_OfHalfHours_BeginsAtMidnightMarketTime()
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", "A") + Trailer);

        Assert.Empty(outcome.Rejected);
        Assert.Equal(48, outcome.Accepted.Count);
        Assert.Equal(
            new ImportedReading("NMI0000001", Carrier.Electricity, new Reading(Register.Import, MarketMidnight, 1800, 1, Quality.Measured, 0), 3), outcome.Accepted[0]);
        Assert.Equal(new Reading(Register.Import, MarketMidnight + 47 * 1800, 1800, 48, Quality.Measured, 0), outcome.Accepted[47].Reading);
    }

    [Theory]
    [InlineData("E1", "kWh", 30, "NMI0000001", Register.Import, 48)]
    [InlineData("B1", "KWH", 15, "NMI0000001", Register.Export, 96)]
    [InlineData("E2", "kWh", 5, "NMI0000001/2", Register.Import, 288)]
    public async Task Suffix_AndInterval_GivePointRegisterAndCount(
        string suffix, string unit, int minutes, string point, Register register, int count)
    {
        var outcome = await ReadAsync($"{Header}200,NMI0000001,E1,1,{suffix},N1,M,{unit},{minutes}\n{Day("20240101", "A", count)}{Trailer}");

        Assert.Empty(outcome.Rejected);
        Assert.Equal(count, outcome.Accepted.Count);
        Assert.All(
            outcome.Accepted, row => Assert.Equal((point, register, minutes * 60), (row.MeteringPoint, row.Reading.Register, row.Reading.Duration)));
    }

    [Theory]
    [InlineData("Wh", "7", 7)]
    [InlineData("kWh", "0.007", 7)]
    [InlineData("MWh", "0.000007", 7)]
    public async Task Unit_IsConvertedExactly(string unit, string value, long wattHours)
    {
        var values = string.Join(',', Enumerable.Repeat(value, 48));
        var outcome = await ReadAsync($"{Header}200,NMI0000001,E1,1,E1,N1,M,{unit},30,\n300,20240101,{values},A,,,20240102000000,\n{Trailer}");

        Assert.Equal(48, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, row => Assert.Equal(wattHours, row.Reading.Quantity));
    }

    [Theory]
    [InlineData("A", Quality.Measured)]
    [InlineData("S14", Quality.Substituted)]
    [InlineData("F14", Quality.Substituted)]
    [InlineData("E64", Quality.Estimated)]
    public async Task QualityMethod_IsMapped(string method, Quality quality)
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", method) + Trailer);

        Assert.Equal(48, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, row => Assert.Equal(quality, row.Reading.Quality));
    }

    [Fact]
    public async Task VariableDay_TakesItsQualitiesFromThe400Records()
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", "V") + "400,1,20,F14,76,\n400,21,24,A,,\n400,25,40,S14,1,\n400,41,48,N,,\n500,O,,20240102000000,\n" + Trailer);

        var expected = Enumerable.Repeat(Quality.Substituted, 20).Concat(Enumerable.Repeat(Quality.Measured, 4)).Concat(
            Enumerable.Repeat(Quality.Substituted, 16));
        Assert.Equal(expected, outcome.Accepted.Select(row => row.Reading.Quality));
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((3, "N"), (rejected.Line, rejected.Value));
        Assert.Contains("41 to 48", rejected.Reason);
    }

    [Theory]
    [InlineData("400,1,20,A,,\n", 3, "no 400 record tells the quality of interval 21")]
    [InlineData("400,1,20,A,,\n400,20,48,A,,\n", 5, "told already")]
    [InlineData("400,1,49,A,,\n", 4, "not within the day")]
    [InlineData("400,20,1,A,,\n", 4, "backwards")]
    [InlineData("400,x,48,A,,\n", 4, "not within the day")]
    [InlineData("400,1,48,V,,\n", 4, "not a quality method")]
    [InlineData("4x0,1,48,A,,\n", 4, "no such record")]
    public async Task VariableDay_WithoutSoundCoverage_IsRefusedAsAWhole(string events, long line, string reason)
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", "V") + events + Day("20240102", "A") + Trailer);

        Assert.Equal(48, outcome.Accepted.Count);
        Assert.All(outcome.Accepted, row => Assert.True(row.Reading.Start >= MarketMidnight + 86_400));
        Assert.Contains(outcome.Rejected, row => row.Line == line && row.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Contains(outcome.Rejected, row => row.Line == 3);
    }

    [Fact]
    public async Task DayWithoutData_IsRefusedWithOneRow()
    {
        var outcome = await ReadAsync($"{Header}{Stream}300,20240101,{new string(',', 47)},N,,,,\n{Day("20240102", "A")}{Trailer}");

        Assert.Equal(48, outcome.Accepted.Count);
        Assert.Contains("no data for intervals 1 to 48", Assert.Single(outcome.Rejected).Reason);
    }

    [Theory]
    [InlineData("300,20230230,{0},A,,,,", "IntervalDate", "no such day")]
    [InlineData("300,2024010,{0},A,,,,", "IntervalDate", "no such day")]
    [InlineData("300,20240101,{0},0.1,A,,,,", "QualityMethod", "48 values")]
    [InlineData("300,20240101,{1},A,,,,", "QualityMethod", "48 values")]
    [InlineData("300,20240101,{0},Q,,,,", "QualityMethod", "48 values")]
    [InlineData("300,20240101,{0},A,,,,,,7", "QualityMethod", "48 values")]
    [InlineData("300,20240101,-{0},A,,,,", "IntervalValue1", "negative")]
    [InlineData("300,20240101,x{0},A,,,,", "IntervalValue1", "not a number")]
    [InlineData("300,20240101,0.0001,{1},A,,,,", "IntervalValue1", "finer than 1 Wh")]
    [InlineData("300,20240101,,{1},A,,,,", "IntervalValue1", "no quantity")]
    [InlineData("300,20240103,{0},A,,,,", "IntervalDate", "already")]
    [InlineData("3x0,20240101,{0},A,,,,", "RecordIndicator", "no such record")]
    [InlineData("900,20240101,{0},A,,,,", "RecordIndicator", "no such record")]
    public async Task BadDay_BetweenGoodOnes_IsRefusedAlone(string template, string field, string reason)
    {
        var values = Values(48);
        var bad = string.Format(
            System.Globalization.CultureInfo.InvariantCulture, template, values, values[(values.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        var outcome = await ReadAsync(Header + Stream + Day("20240103", "A") + bad + "\n" + Day("20240104", "A") + Trailer);

        Assert.Equal([3L, 5L], outcome.Accepted.Select(row => row.Line).Distinct());
        Assert.Equal(96, outcome.Accepted.Count);
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((4, field), (rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
        Assert.NotEmpty(rejected.Fix);
    }

    [Theory]
    [InlineData("5o0,O,,20240102000000,")]
    [InlineData("\"")]
    [InlineData("garbage")]
    public async Task UnknownRecord_BehindADayWithAQualityOfItsOwn_CostsNothingElse(string record)
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", "A") + record + "\n" + Day("20240102", "A") + Trailer);

        Assert.Equal(96, outcome.Accepted.Count);
        Assert.Equal(4, Assert.Single(outcome.Rejected).Line);
    }

    [Theory]
    [InlineData("200,NMI00000011,E1,1,E1,N1,M,kWh,30,", "NMI")]
    [InlineData("200,NMI0000002,E1,1,E,N1,M,kWh,30,", "NMISuffix")]
    [InlineData("200,NMI0000002,E1,1,Q1,N1,M,kWh,30,", "NMISuffix")]
    [InlineData("200,NMI0000002,E1,1,E1,N1,M,kJ,30,", "UOM")]
    [InlineData("200,NMI0000002,E1,1,E1,N1,M,kWh,60,", "IntervalLength")]
    [InlineData("200,NMI0000002,E1,1,E1,N1,M,kWh", "")]
    [InlineData("2o0,NMI0000002,E1,1,E1,N1,M,kWh,30,", "RecordIndicator")]
    [InlineData("200,\"NMI0000002,E1,1,E1,N1,M,kWh,30,", "")]
    public async Task BadStream_LosesItsDaysAndNoOthers(string stream, string field)
    {
        var outcome = await ReadAsync(Header + Stream + Day("20240101", "A") + stream + "\n" + Day("20240101", "A") + Stream.Replace("E1,N1", "B1,N1", StringComparison.Ordinal) + Day("20240101", "A") + Trailer);

        Assert.Equal([3L, 7L], outcome.Accepted.Select(row => row.Line).Distinct());
        Assert.Equal([(4L, field), (5L, "RecordIndicator")], outcome.Rejected.Select(row => (row.Line, row.Field)));
    }

    [Theory]
    [InlineData("200,NMI0000001,E1Q1,2,Q1,,M,kVArh,30,", "measures no energy")]
    [InlineData("200,NMI0000001,E1F1,2,F1,,M,kWh,30,", "check meter")]
    public async Task OtherStream_IsSkippedWithItsDaysCounted(string stream, string reason)
    {
        var outcome = await ReadAsync(
            Header + stream + "\n" + Day("20240101", "A") + Day("20240102", "V") + "400,1,48,A,,\n" + Stream + Day("20240101", "A") + Trailer);

        Assert.Empty(outcome.Rejected);
        Assert.Equal(48, outcome.Accepted.Count);
        var skipped = Assert.Single(outcome.Skipped);
        Assert.Equal(2, skipped.Line);
        Assert.Contains(reason, skipped.Reason);
        Assert.Contains("days not imported: 2", skipped.Reason);
    }

    [Theory]
    [InlineData("", Trailer, 1, "does not begin with a 100 record")]
    [InlineData("100,NEM13,202401020000,A,B\n", Trailer, 1, "does not say NEM12")]
    [InlineData("100,NEM12,202413020000,A,B\n", Trailer, 1, "no such time")]
    [InlineData(Header, "", 3, "without its 900 record")]
    [InlineData(Header, "900\n900\n", 5, "follow the 900 record of line 4")]
    public async Task BrokenFrame_IsReportedAndItsDataKept(string header, string trailer, long line, string reason)
    {
        var outcome = await ReadAsync(header + Stream + Day("20240101", "A") + trailer);

        Assert.Equal(48, outcome.Accepted.Count);
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal(line, rejected.Line);
        Assert.Contains(reason, rejected.Reason);
    }

    [Theory]
    [InlineData("300,20240101,1,A\n")]
    [InlineData("400,1,48,A,,\n")]
    [InlineData("500,O,,,\n")]
    public async Task Record_BeforeAnyStream_IsRefused(string record)
    {
        var outcome = await ReadAsync(Header + record + Stream + Day("20240101", "A") + Trailer);

        Assert.Equal(48, outcome.Accepted.Count);
        Assert.Equal(2, Assert.Single(outcome.Rejected).Line);
    }

    private static string Values(int count) => string.Join(',', Enumerable.Range(1, count).Select(i => $"0.{i:000}"));

    private static string Day(string date, string quality, int count = 48) =>
        $"300,{date},{Values(count)},{quality},,,20240102120025,20240102142516\n";

    private static Task<Reader.Outcome> ReadAsync(string text) => Reader.ReadAsync(new Nem12Format(), text);
}
