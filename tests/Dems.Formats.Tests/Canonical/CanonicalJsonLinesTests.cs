using Dems.Core.Energy;
using Dems.Formats.Canonical;

namespace Dems.Formats.Tests.Canonical;

public sealed class CanonicalJsonLinesTests
{
    private const string Good = """{"metering_point":"AT1","register":"import","start":"2024-01-01T00:00:00Z","duration_s":900,"quantity_kwh":1.5}""";
    private const long NewYear2024 = 1_704_067_200;

    [Theory]
    [InlineData(Good)]
    [InlineData("""{"quantity_wh":1500,"start":"2024-01-01T01:00:00+01:00","end":"2024-01-01T00:15:00Z","carrier":"electricity","register":"import","metering_point":"A\u00541","quality":"measured","revision":0}""")]
    [InlineData("""  { "metering_point" : "AT1", "r\u0065gister":"import","start":"2024-01-01T00:00:00Z","duration_s":"900","quantity_kwh":"1.500","quality":null } """)]
    public async Task Line_InAnySpelling_GivesTheReading(string line)
    {
        var outcome = await ReadAsync(line);

        Assert.Empty(outcome.Rejected);
        Assert.Equal(
            new ImportedReading("AT1", Carrier.Electricity, new Reading(Register.Import, NewYear2024, 900, 1500, Quality.Measured, 0), 1), Assert.Single(outcome.Accepted));
    }

    [Theory]
    [InlineData("\"register\"", "\"colour\":\"red\",\"register\"", "colour", "not known")]
    [InlineData("\"register\"", "\"start\":\"2024-01-01T00:00:00Z\",\"register\"", "start", "twice")]
    [InlineData("\"AT1\"", "17", "metering_point", "not a string")]
    [InlineData("900", "true", "duration_s", "not a number")]
    [InlineData("900", "[900]", "duration_s", "not a number")]
    [InlineData("900", "9e2", "duration_s", "whole number of seconds")]
    [InlineData("1.5", "1.5e3", "quantity_kwh", "not a number")]
    [InlineData("1.5", "1.00001", "quantity_kwh", "finer than 1 Wh")]
    [InlineData(",\"quantity_kwh\":1.5", "", "quantity_wh", "no quantity")]
    [InlineData("}", "", "", "not valid JSON")]
    [InlineData("}", "}}", "", "not valid JSON")]
    [InlineData("}", "} {}", "", "not valid JSON")]
    [InlineData("AT1", "\\ud800", "", "not valid JSON")]
    [InlineData(Good, "[]", "", "not an object")]
    [InlineData(Good, "7", "", "not an object")]
    public async Task BadLine_BetweenGoodOnes_IsRefusedAlone(string old, string replacement, string field, string reason)
    {
        var outcome = await ReadAsync(Good + "\n" + Good.Replace(old, replacement, StringComparison.Ordinal) + "\n" + Good);

        Assert.Equal([1L, 3L], outcome.Accepted.Select(row => row.Line));
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((2, field), (rejected.Line, rejected.Field));
        Assert.Contains(reason, rejected.Reason);
        Assert.NotEmpty(rejected.Fix);
    }

    private static Task<Reader.Outcome> ReadAsync(string text) => Reader.ReadAsync(new CanonicalJsonLinesFormat(), text);
}
