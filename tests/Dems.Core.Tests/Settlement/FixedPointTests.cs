using CsCheck;
using Dems.Core.Settlement;
using Xunit;

namespace Dems.Core.Tests.Settlement;

public sealed class FixedPointTests
{
    [Theory]
    [InlineData(105_000, 6, "0.105")]
    [InlineData(-1, 6, "-0.000001")]
    [InlineData(0, 6, "0")]
    [InlineData(2_500_000, 6, "2.5")]
    [InlineData(7, 0, "7")]
    [InlineData(-1_200, 3, "-1.2")]
    public void Format_OfNumbers_IsTheShortestText(long value, int digits, string text) => Assert.Equal(text, FixedPoint.Format(value, digits));

    [Fact]
    public void TryParse_OfAnyFormattedNumber_GivesItBack() =>
        Gen.Select(Gen.Long[-long.MaxValue, long.MaxValue], Gen.Int[0, 9]).Sample(
            (value, digits) => FixedPoint.TryParse(FixedPoint.Format(value, digits), digits, out var again) && again == value,
            iter: TestScale.Times(1_000));

    [Theory]
    [InlineData("0.1050000", 105_000)]
    [InlineData("10", 10_000_000)]
    [InlineData("-0.5", -500_000)]
    [InlineData("007", 7_000_000)]
    public void TryParse_ZerosAtTheEnds_DoNotMatter(string text, long value)
    {
        Assert.True(FixedPoint.TryParse(text, 6, out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.2.3")]
    [InlineData("0.1234567")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("9223372036854.775808")]
    [InlineData("999999999999999999999999999999999999999999")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(FixedPoint.TryParse(text, 6, out _));
}
