using Dems.Core.Energy;
using Dems.Formats.Nem;

namespace Dems.Formats.Tests.Nem;

public sealed class Nem13Tests
{
    private const string Good = "250,NMI0000001,11,1,11,11,M1,E,006342.8,20231005093055,A,,,007654.9,20240107100333,A,,,1312.1,kWh,20240407, 20240108100333,20240108091133";

    [Fact]
    public async Task Quantity_BetweenTwoReads_IsOneReading()
    {
        var outcome = await ReadAsync(Good, "550,N,,E,");

        Assert.Empty(outcome.Rejected);
        var start = new DateTimeOffset(2023, 10, 5, 9, 30, 55, TimeSpan.FromHours(10)).ToUnixTimeSeconds();
        var end = new DateTimeOffset(2024, 1, 7, 10, 3, 33, TimeSpan.FromHours(10)).ToUnixTimeSeconds();
        Assert.Equal(
            new ImportedReading(
                "NMI0000001", Carrier.Electricity, new Reading(Register.Import, start, (int)(end - start), 1_312_100, Quality.Measured, 0), 2),
            Assert.Single(outcome.Accepted));
    }

    [Theory]
    [InlineData(",11,M1,E,", ",41,M1,E,", "NMI0000001", Register.Import)]
    [InlineData(",11,11,M1,E,", ",41,41,M1,E,", "NMI0000001/41", Register.Import)]
    [InlineData(",11,11,M1,E,", ",B2,11,M1,I,", "NMI0000001/2", Register.Export)]
    [InlineData(",M1,E,", ",M1,I,", "NMI0000001", Register.Export)]
    public async Task Direction_AndSuffix_GiveRegisterAndPoint(string old, string replacement, string point, Register register)
    {
        var outcome = await ReadAsync(Good.Replace(old, replacement, StringComparison.Ordinal));

        Assert.Equal((point, register), Assert.Single(outcome.Accepted.Select(row => (row.MeteringPoint, row.Reading.Register))));
    }

    [Theory]
    [InlineData("055,A,", "055,E64,", "333,A,", "333,A,", Quality.Estimated)]
    [InlineData("055,A,", "055,A,", "333,A,", "333,S14,", Quality.Substituted)]
    [InlineData("055,A,", "055,F14,", "333,A,", "333,E64,", Quality.Estimated)]
    public async Task Quality_IsTheWorseOfTheTwoReads(string old1, string new1, string old2, string new2, Quality quality)
    {
        var outcome = await ReadAsync(Good.Replace(old1, new1, StringComparison.Ordinal).Replace(old2, new2, StringComparison.Ordinal));

        Assert.Equal(quality, Assert.Single(outcome.Accepted).Reading.Quality);
    }

    [Fact]
    public async Task ReactiveQuantity_IsSkipped()
    {
        var outcome = await ReadAsync(Good.Replace("kWh", "kVArh", StringComparison.Ordinal));

        Assert.Empty(outcome.Accepted);
        Assert.Empty(outcome.Rejected);
        Assert.Equal("UOM", Assert.Single(outcome.Skipped).Field);
    }

    [Theory]
    [InlineData("NMI0000001", "NMI1", "NMI")]
    [InlineData(",1,11,11,", ",1,1,11,", "NMISuffix")]
    [InlineData(",M1,E,", ",M1,X,", "DirectionIndicator")]
    [InlineData(",11,11,M1,E,", ",B1,11,M1,E,", "DirectionIndicator")]
    [InlineData("20231005093055", "20230230093055", "PreviousRegisterReadDateTime")]
    [InlineData("20240107100333", "20240107250333", "CurrentRegisterReadDateTime")]
    [InlineData("20240107100333", "20231005093055", "CurrentRegisterReadDateTime")]
    [InlineData("20240107100333", "20250107100333", "CurrentRegisterReadDateTime")]
    [InlineData("055,A,", "055,V,", "PreviousQualityMethod")]
    [InlineData("333,A,", "333,N,", "CurrentQualityMethod")]
    [InlineData("1312.1", "-1312.1", "Quantity")]
    [InlineData("1312.1", "many", "Quantity")]
    [InlineData("kWh", "kcal", "UOM")]
    [InlineData(",1312.1,kWh,20240407, 20240108100333,20240108091133", "", "")]
    [InlineData("250,", "25,", "RecordIndicator")]
    public async Task BadRecord_BetweenGoodOnes_IsRefusedAlone(string old, string replacement, string field)
    {
        var outcome = await ReadAsync(Good, Good.Replace(old, replacement, StringComparison.Ordinal), Good);

        Assert.Equal([2L, 4L], outcome.Accepted.Select(row => row.Line));
        var rejected = Assert.Single(outcome.Rejected);
        Assert.Equal((3, field), (rejected.Line, rejected.Field));
        Assert.NotEmpty(rejected.Reason);
        Assert.NotEmpty(rejected.Fix);
    }

    private static Task<Reader.Outcome> ReadAsync(params string[] records) =>
        Reader.ReadAsync(new Nem13Format(), $"100,NEM13,202401080000,MDP1,RET1\r\n{string.Join("\r\n", records)}\r\n900\r\n");
}
