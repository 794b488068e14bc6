using System.Numerics;
using CsCheck;
using Dems.Core.Settlement;
using Xunit;

namespace Dems.Core.Tests.Settlement;

public sealed class ExactAmountTests
{
    private static readonly Gen<Currency> Currencies = Gen.Int[0, 3].Select(digits => new Currency("EUR", digits));

    [Theory]
    [InlineData(5_000_000, 1)]
    [InlineData(4_999_999, 0)]
    [InlineData(-5_000_000, -1)]
    [InlineData(-4_999_999, 0)]
    [InlineData(15_000_000, 2)]
    [InlineData(25_000_000, 3)]
    [InlineData(12_096_000_000, 1210)]
    public void Round_Half_GoesAwayFromZero(long nano, long cents) => Assert.Equal(cents, new ExactAmount(nano).Round(Currency.Euro));

    [Fact]
    public void Round_AnyAmount_IsTheNearestByAnIndependentRule() =>
        Gen.Select(Gen.OneOf(Gen.Long[-40_000_000, 40_000_000], Gen.Long), Currencies).Sample(
            (nano, currency) =>
            {
                // ⌊|2x + u| / 2u⌋ with big integers: another formula than the one under test.
                var unit = BigInteger.Pow(10, 9 - currency.Digits);
                var expected = (2 * BigInteger.Abs(nano) + unit) / (2 * unit) * Math.Sign(nano);
                Assert.Equal(expected, new ExactAmount(nano).Round(currency));
                Assert.Equal(-expected, (-new ExactAmount(nano)).Round(currency));
            },
            iter: TestScale.Times(2_000));

    [Fact]
    public void Of_LargestQuantityAndPrice_DoesNotOverflow() =>
        Assert.Equal((Int128)1_099_511_627_776 * 100_000_000_000, ExactAmount.Of(1L << 40, 100_000_000_000).Nano);

    [Theory]
    [InlineData(1210, 2, "12.10 EUR")]
    [InlineData(-5, 2, "-0.05 EUR")]
    [InlineData(0, 2, "0.00 EUR")]
    [InlineData(-7, 0, "-7 EUR")]
    [InlineData(1_234, 3, "1.234 EUR")]
    [InlineData(long.MinValue, 2, "-92233720368547758.08 EUR")]
    public void Format_OfUnits_HasTheCurrencysDigits(long units, int digits, string text) => Assert.Equal(text, new Currency("EUR", digits).Format(units));

    [Theory]
    [InlineData("EUR", 4)]
    [InlineData("EUR", -1)]
    [InlineData("eur", 2)]
    [InlineData("EURO", 2)]
    [InlineData("", 2)]
    public void Currency_OutOfBounds_IsNotValid(string code, int digits) => Assert.False(new Currency(code, digits).IsValid);
}
