using System.Globalization;
using System.Text;
using CsCheck;
using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.Tests.Text;

public sealed class EnergyTextTests
{
    private static readonly Gen<string> Digits = Gen.Char['0', '9'].Array[0, 12].Select(digits => new string(digits));

    /// <summary>Against decimal: 24 digits at most, so that the model is exact.</summary>
    [Fact]
    public void Quantity_OfAnyDigits_IsWhatDecimalSays() =>
        Gen.Select(Digits, Digits, Gen.OneOf(EnergyText.Wh, EnergyText.KWh, EnergyText.MWh), Gen.OneOf(Rounding.Refuse, Rounding.HalfEven)).Sample(
            (whole, fraction, scale, rounding) =>
            {
                var text = $"{whole}.{fraction}";
                var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
                var exact = value * (scale == EnergyText.MWh ? 1_000_000 : scale == EnergyText.KWh ? 1000 : 1);
                var rounded = decimal.Round(exact, MidpointRounding.ToEven);
                var expected = isNumber && rounded <= Reading.MaxQuantity && (rounding == Rounding.HalfEven || rounded == exact);

                Assert.Equal(expected, EnergyText.TryParse(Encoding.ASCII.GetBytes(text), scale, rounding, out var wattHours, out var flaw));
                if (expected)
                {
                    Assert.Equal(rounded, wattHours);
                }
                else
                {
                    Assert.NotEmpty(flaw.Reason);
                    Assert.NotEmpty(flaw.Fix);
                }
            },
            iter: TestScale.Times(20_000));

    [Theory]
    [InlineData("9007199254740992", true)]
    [InlineData("9007199254740993", false)]
    [InlineData("99999999999999999999999999", false)]
    [InlineData("0000000000000000000000000001", true)]
    public void Quantity_AtTheBound_IsTaken_AndBeyondIsRefused(string text, bool taken) =>
        Assert.Equal(taken, EnergyText.TryParse(Encoding.ASCII.GetBytes(text), EnergyText.Wh, Rounding.Refuse, out _, out _));

    [Theory]
    [InlineData("9007199254740.99251", false)]
    [InlineData("9007199254740.9925", true)]
    public void Quantity_RoundedOverTheBound_IsRefused(string text, bool taken) =>
        Assert.Equal(taken, EnergyText.TryParse(Encoding.ASCII.GetBytes(text), EnergyText.KWh, Rounding.HalfEven, out _, out _));
}
