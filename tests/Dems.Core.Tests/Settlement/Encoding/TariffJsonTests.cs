using CsCheck;
using Dems.Core.Settlement.Encoding;
using Dems.Core.Settlement.Tariffs;
using Dems.Core.Tests.Settlement.Statements;
using Xunit;

namespace Dems.Core.Tests.Settlement.Encoding;

public sealed class TariffJsonTests
{
    private const string Small = """
        {
          "version": 3, "currency": "EUR", "digits": 2, "residualAccount": "rounding",
          "lines": [
            {
              "name": "grid", "kind": "gridPrice", "basis": "gridIn", "carrier": "electricity", "payee": "supplier", "vatPercent": "8.1", "group": "local",
              "bands": [
                { "name": "winter", "windows": [ { "from": "00:00", "to": "24:00", "months": [1, 2, 3, 10, 11, 12] } ], "tiers": [ { "price": "0.3", "upToKwh": "0.5" }, { "price": "-0.01" } ] },
                { "name": "summer", "windows": [ { "from": "00:00", "to": "24:00", "months": [4, 5, 6, 7, 8, 9] } ], "tiers": [ { "price": "0.2" } ] }
              ]
            },
            { "name": "fee", "kind": "fixedFee", "basis": "period", "carrier": "electricity", "payee": "community", "vatPercent": "0", "feePerPeriod": "2.5" },
            { "name": "buy", "kind": "internalPrice", "basis": "sharedIn", "carrier": "electricity", "payee": "community", "vatPercent": "0", "price": "byAllocation" }
          ]
        }
        """;

    [Fact]
    public void TryRead_AllKindsOfPrices_GivesTheTariff()
    {
        Assert.True(TariffJson.TryRead(Small, out var tariff, out var error), error);
        var bands = Assert.IsType<LinePrice.PerEnergy>(tariff.Lines[0].Price).Bands;
        Assert.Equal([new PriceTier(500, 300_000), new PriceTier(PriceTier.Open, -10_000)], bands[0].Tiers);
        Assert.Equal((0b1110_0000_0111, TimeWindow.AllDays, 81_000, "local"), (bands[0].Windows[0].Months, bands[0].Windows[0].Days, tariff.Lines[0].VatPpm, tariff.Lines[0].Group));
        Assert.Equal(LinePrice.Fixed(2_500_000), tariff.Lines[1].Price);
        Assert.IsType<LinePrice.ByAllocation>(tariff.Lines[2].Price);
    }

    [Fact]
    public void TryRead_OfAnyWrittenTariff_GivesItBack() =>
        SettlementGen.Input.Select(input => input.Tariffs.Versions[0].Tariff).Sample(AssertRoundTrip, iter: TestScale.Times(50));

    [Fact]
    public void TryRead_OfTheWorkedExample_GivesItBack() => AssertRoundTrip(SettlementSamples.Tariff);

    [Theory]
    [InlineData("\"version\": 3", "\"version\": 0", "version 0: versions start at 1")]
    [InlineData("\"8.1\"", "\"8.10001\"", "lines[0].vatPercent: '8.10001' is not a number with at most 4 digits after the point")]
    [InlineData("\"8.1\"", "\"9000000000000\"", "lines[0] 'grid': VAT of 1000001 millionths: 0…1000000 are allowed")]
    [InlineData("\"2.5\"", "\"2,5\"", "lines[1].feePerPeriod: '2,5' is not a number with at most 6 digits after the point")]
    [InlineData("\"feePerPeriod\": \"2.5\"", "\"feePerPeriod\": \"2.5\", \"price\": \"1\"", "lines[1]: one of price, feePerPeriod and bands must be given")]
    [InlineData(", \"feePerPeriod\": \"2.5\"", "", "lines[1]: one of price, feePerPeriod and bands must be given")]
    [InlineData("[4, 5, 6, 7, 8, 9]", "[4, 5, 6, 7, 8, 13]", "lines[0].bands[1].windows[0].months: numbers from 1 to 12, each once")]
    [InlineData("[4, 5, 6, 7, 8, 9]", "[4, 5, 6, 7, 8, 8]", "lines[0].bands[1].windows[0].months: numbers from 1 to 12, each once")]
    [InlineData("[4, 5, 6, 7, 8, 9]", "[4, 5, 6, 7, 8, 9], \"days\": [\"Mon\"]", "lines[0].bands[1].windows[0].days: mon, tue, wed, thu, fri, sat, sun, each once")]
    [InlineData("\"to\": \"24:00\", \"months\": [4", "\"to\": \"24:01\", \"months\": [4", "lines[0].bands[1].windows[0].to: '24:01' is not a time from 00:00 to 24:00")]
    [InlineData("[4, 5, 6, 7, 8, 9]", "[4, 5, 6, 7, 8]", "lines[0] 'grid': bands: no band at Monday 00:00 in month 9")]
    public void TryRead_WrongValues_AreRefusedWithTheirPlace(string right, string wrong, string reason)
    {
        Assert.Contains(right, Small, StringComparison.Ordinal);
        Assert.False(TariffJson.TryRead(Small.Replace(right, wrong, StringComparison.Ordinal), out _, out var error));
        Assert.Equal(reason, error);
    }

    [Theory]
    [InlineData("\"digits\": 2,", "")]
    [InlineData("\"digits\": 2,", "\"digits\": 2, \"digits\": 2,")]
    [InlineData("\"digits\": 2,", "\"digits\": 2, \"colour\": \"red\",")]
    [InlineData("\"gridPrice\"", "3")]
    [InlineData("\"gridPrice\"", "\"price of the grid\"")]
    [InlineData("{", "")]
    public void TryRead_WrongMembers_AreRefusedWithTheirLine(string right, string wrong)
    {
        Assert.False(TariffJson.TryRead(Small.Replace(right, wrong, StringComparison.Ordinal), out _, out var error));
        Assert.StartsWith("line ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_Null_IsRefused()
    {
        Assert.False(TariffJson.TryRead("null", out _, out var error));
        Assert.Equal("line 1: an object was expected", error);
    }

    private static void AssertRoundTrip(Tariff tariff)
    {
        Assert.True(TariffJson.TryRead(TariffJson.Write(tariff), out var again, out var error), error);
        Assert.Equal(TariffCodec.Encode(tariff), TariffCodec.Encode(again));
    }
}
