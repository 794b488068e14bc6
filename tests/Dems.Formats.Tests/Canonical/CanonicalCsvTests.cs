using Dems.Core.Energy;
using Dems.Formats.Canonical;

namespace Dems.Formats.Tests.Canonical;

public sealed class CanonicalCsvTests
{
    private const string Header = "metering_point,register,start,duration_s,quantity_kwh\n";
    private const string GoodRow = "AT1,import,2024-01-01T00:00:00Z,900,1.5\n";
    private const long NewYear2024 = 1_704_067_200;

    [Fact]
    public async Task Row_WithAllColumnsInAnyOrder_GivesTheReading()
    {
        var outcome = await ReadAsync(
            "quality,revision,end,start,carrier,quantity_wh,register,metering_point\r\nestimated,3,2024-01-01T01:15:00+01:00,2024-01-01T00:00:00Z,heat,42,consumption,AT1\r\n");

        var reading = Assert.Single(outcome.Accepted);
        Assert.Equal(
            new ImportedReading("AT1", Carrier.Heat, new Reading(Register.Consumption, NewYear2024, 900, 42, Quality.Estimated, 3), 2), reading);
        Assert.Empty(outcome.Rejected);
    }

    [Fact]
    public async Task OptionalColumns_LeftOut_DefaultToMeasuredElectricityOfTheContextsRevision()
    {
        var outcome = await ReadAsync(Header + GoodRow, new ImportContext("test") { Revision = 2 });

        Assert.Equal(
            new ImportedReading("AT1", Carrier.Electricity, new Reading(Register.Import, NewYear2024, 900, 1500, Quality.Measured, 2), 2),
            Assert.Single(outcome.Accepted));
    }

    [Theory]
    [InlineData("\uFEFFmetering_point,register,start,duration_s,quantity_wh\r\nA,export,2024-01-01T00:00:00Z,60,7\r\n")]
    [InlineData("metering_point;register;start;duration_s;quantity_wh\nA;export;2024-01-01T00:00:00Z;60;7")]
    [InlineData("\"metering_point\",register,start,duration_s,quantity_wh\n\"A\",\"export\",\"2024-01-01T00:00:00Z\",60,\"7\"\n")]
    [InlineData("\n\nmetering_point,register,start,duration_s,quantity_wh\n\nA,export,2024-01-01 01:00:00+01:00,60,7\n\n")]
    public async Task Dialects_OfTheSameRow_GiveTheSameReading(string text)
    {
        var outcome = await ReadAsync(text);

        Assert.Empty(outcome.Rejected);
        Assert.Equal(
            ("A", new Reading(Register.Export, NewYear2024, 60, 7, Quality.Measured, 0)),
            Assert.Single(outcome.Accepted.Select(row => (row.MeteringPoint, row.Reading))));
    }

    [Fact]
    public async Task QuotedField_WithDelimiterAndQuote_IsUnquoted()
    {
        var outcome = await ReadAsync(Header + "\"a,\"\"b\"\"\",import,2024-01-01T00:00:00Z,900,1\n");

        Assert.Equal("a,\"b\"", Assert.Single(outcome.Accepted).MeteringPoint);
    }

    [Theory]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,1.0005", "quantity_kwh", "finer than 1 Wh")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,-1", "quantity_kwh", "negative")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,abc", "quantity_kwh", "not a number")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,1e3", "quantity_kwh", "not a number")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,", "quantity_wh", "no quantity")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,99999999999999", "quantity_kwh", "exceeds")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,\"1,5\"", "quantity_kwh", "comma")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900,1,5", "", "more fields")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,900", "", "fewer fields")]
    [InlineData("AT1,import,2024-01-01T00:00:00,900,1", "start", "no offset")]
    [InlineData("AT1,import,2024-02-30T00:00:00Z,900,1", "start", "no such time")]
    [InlineData("AT1,import,2024-01-01T00:00:60Z,900,1", "start", "no such time")]
    [InlineData("AT1,import,2024-01-01T00:00:00.5Z,900,1", "start", "finer than a second")]
    [InlineData("AT1,import,1969-12-31T23:59:59Z,900,1", "start", "1970")]
    [InlineData("AT1,import,yesterday,900,1", "start", "not a time")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,0,1", "duration_s", "seconds long")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,34560001,1", "duration_s", "seconds long")]
    [InlineData("AT1,import,2024-01-01T00:00:00Z,15min,1", "duration_s", "whole number of seconds")]
    [InlineData("AT1,Import,2024-01-01T00:00:00Z,900,1", "register", "not known")]
    [InlineData(",import,2024-01-01T00:00:00Z,900,1", "metering_point", "no metering point")]
    [InlineData(" AT1,import,2024-01-01T00:00:00Z,900,1", "metering_point", "spaces")]
    [InlineData("ÄT1,import,2024-01-01T00:00:00Z,900,1", "metering_point", "outside ASCII")]
    [InlineData("\"AT1,import,2024-01-01T00:00:00Z,900,1", "", "not closed")]
    [InlineData("AT\"1,import,2024-01-01T00:00:00Z,900,1", "", "not quoted")]
    [InlineData("\"AT\"1,import,2024-01-01T00:00:00Z,900,1", "", "follows a closing quote")]
    public async Task BadRow_BetweenGoodOnes_IsRefusedAloneWithLineFieldReasonAndFix(string row, string field, string reason)
    {
        var outcome = await ReadAsync(Header + GoodRow + row + "\n" + GoodRow);

        Assert.Equal([2, 4], outcome.Accepted.Select(reading => reading.Line));
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal(("test", 3, field), (rejected.File, rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
        Assert.NotEmpty(rejected.Fix);
    }

    [Theory]
    [InlineData("metering_point,register,start,duration_s,quantity_wh,colour", "colour", "not known")]
    [InlineData("metering_point,register,start,duration_s,quantity_wh,start", "start", "twice")]
    [InlineData("metering_point,register,duration_s,quantity_wh", "start", "missing")]
    [InlineData("metering_point,register,start,quantity_wh", "duration_s or end", "missing")]
    [InlineData("metering_point,register,start,end,duration_s,quantity_wh", "duration_s or end", "both")]
    [InlineData("metering_point,register,start,end,quantity_kwh,quantity_wh", "quantity_wh or quantity_kwh", "both")]
    public async Task Header_ThatCannotBeUnderstood_EndsTheImport(string header, string field, string reason)
    {
        var outcome = await ReadAsync(header + "\n" + GoodRow + GoodRow);

        Assert.Empty(outcome.Accepted);
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((1, field), (rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
    }

    [Fact]
    public async Task Quantity_FinerThanOneWh_IsRoundedHalfToEvenWhenAsked()
    {
        var rows = string.Concat(
            new[] { "0.0005", "0.0015", "0.00051", "0.0014999" }.Select(quantity => $"A,import,2024-01-01T00:00:00Z,900,{quantity}\n"));
        var outcome = await ReadAsync(Header + rows, new ImportContext("test") { Rounding = Rounding.HalfEven });

        Assert.Equal([0, 2, 1, 1], outcome.Accepted.Select(row => row.Reading.Quantity));
    }

    [Fact]
    public async Task Line_LongerThanTheLimit_IsRefusedAndTheNextIsRead()
    {
        var outcome = await ReadAsync(Header + GoodRow + new string('x', 300_000) + "\n" + GoodRow);

        Assert.Equal([2, 4], outcome.Accepted.Select(reading => reading.Line));
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((3, 100), (rejected.Line, rejected.Value.Length));
    }

    [Fact]
    public async Task File_InUtf16_IsNamedAsSuch()
    {
        var outcome = await Reader.ReadAsync(
            new CanonicalCsvFormat(), new MemoryStream([0xFF, 0xFE, 0x6D, 0x00, 0x0A, 0x00]), new ImportContext("test"));

        Assert.Contains("UTF-16", Assert.Single(outcome.Rejected).Reason);
    }

    [Fact]
    public async Task EmptyFile_IsReported()
    {
        var outcome = await ReadAsync("");

        Assert.Equal(0, Assert.Single(outcome.Rejected).Line);
    }

    private static Task<Reader.Outcome> ReadAsync(string text, ImportContext? context = null) =>
        Reader.ReadAsync(new CanonicalCsvFormat(), text, context);
}
