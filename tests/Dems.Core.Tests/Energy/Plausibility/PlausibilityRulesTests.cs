using CsCheck;
using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Xunit;

namespace Dems.Core.Tests.Energy.Plausibility;

public sealed class PlausibilityRulesTests
{
    private const long Now = Samples.Midnight;
    private const int Quarter = 900;

    private static readonly NodeLimits Unlimited = new([]);

    [Theory]
    [InlineData(2_750, Implausibility.None)]
    [InlineData(2_751, Implausibility.AbovePowerLimit)]
    public void Import_AboveTheGridConnectionAndItsMargin_IsMarked(long quantity, Implausibility marks)
    {
        // 10 kW for a quarter of an hour are 2,500 Wh, and a tenth more.
        var limits = new NodeLimits([new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, 10_000, 0)]);

        Assert.Equal(marks, Judge(limits, [], Of(Register.Import, quantity)));
    }

    [Theory]
    [InlineData(11_000, Implausibility.None)]
    [InlineData(11_001, Implausibility.AboveCapacity)]
    public void StateOfCharge_AboveTheBatteries_IsMarked(long quantity, Implausibility marks)
    {
        var limits = new NodeLimits([new EnergySource("one", Carrier.Electricity, SourceKind.Battery, 1, 4_000), new EnergySource("two", Carrier.Electricity, SourceKind.Battery, 1, 6_000)]);

        Assert.Equal(marks, Judge(limits, [], Of(Register.StateOfCharge, quantity)));
    }

    [Theory]
    [InlineData(-Quarter, Implausibility.None)]
    [InlineData(PlausibilityRules.FutureTolerance - Quarter, Implausibility.None)]
    [InlineData(PlausibilityRules.FutureTolerance - Quarter + 1, Implausibility.Future)]
    public void Interval_EndingInTheFuture_IsMarkedBeyondTheTolerance(int start, Implausibility marks) =>
        Assert.Equal(marks, Judge(Unlimited, [], Of(Register.Import, 1) with { Start = Now + start }));

    [Theory]
    [InlineData(5_000, Implausibility.None)]
    [InlineData(5_001, Implausibility.Jump)]
    public void Quantity_FarAboveTheHighestSeen_IsAJump(long quantity, Implausibility marks) =>
        Assert.Equal(marks, Judge(Unlimited, [Of(Register.Import, 100), Of(Register.Import, 250), Of(Register.Import, 3)], Of(Register.Import, quantity)));

    [Fact]
    public void Quantity_AboveNothing_IsNoJumpBelowTheFloorOrWithoutHistory()
    {
        Assert.Equal(Implausibility.None, Judge(Unlimited, [Of(Register.Import, 0)], Of(Register.Import, 2_500)));
        Assert.Equal(Implausibility.Jump, Judge(Unlimited, [Of(Register.Import, 0)], Of(Register.Import, 2_501)));
        Assert.Equal(Implausibility.None, Judge(Unlimited, [], Of(Register.Import, Reading.MaxQuantity)));
    }

    [Fact]
    public void Jump_ComparesPower_NotQuantitiesOfDifferentIntervals()
    {
        var hourly = Of(Register.Import, 20_000) with { Duration = 3_600 };

        Assert.Equal(Implausibility.None, Judge(Unlimited, [Of(Register.Import, 250)], hourly));
        Assert.Equal(Implausibility.Jump, Judge(Unlimited, [Of(Register.Import, 249)], hourly));
    }

    [Fact]
    public void Jump_Repeated_StaysOne()
    {
        var rules = new PlausibilityRules(Register.Import, Unlimited, [Of(Register.Import, 10)], Now);

        Assert.Equal(Implausibility.Jump, rules.Judge(Of(Register.Import, 90_000)));
        Assert.Equal(Implausibility.Jump, rules.Judge(Of(Register.Import, 90_000)));
        Assert.Equal(Implausibility.None, rules.Judge(Of(Register.Import, 200)));
    }

    [Fact]
    public void Jump_InTheHistory_DoesNotMakeTheNextOnePlausible() =>
        Assert.Equal(Implausibility.Jump, Judge(Unlimited, [Of(Register.Import, 10), Of(Register.Import, 90_000)], Of(Register.Import, 90_000)));

    [Fact]
    public void Reading_LargestThereIs_IsJudgedWithoutOverflow() =>
        Gen.Select(Gen.Long[0, Reading.MaxQuantity], Gen.Int[1, Reading.MaxDuration], Gen.Long[1, EnergySource.MaxPowerW], Gen.Long[0, Reading.MaxStart]).Sample(
            (quantity, duration, power, start) =>
            {
                var reading = new Reading(Register.Import, start, duration, quantity, Quality.Measured, 0);
                var marks = Judge(new NodeLimits([new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, power, 0)]), [], reading);
                var expected = new System.Numerics.BigInteger(quantity) * 3_600 * 10 > new System.Numerics.BigInteger(power) * duration * 11;
                Assert.Equal(expected, marks.HasFlag(Implausibility.AbovePowerLimit));
            },
            iter: TestScale.Times(1_000));

    private static Implausibility Judge(NodeLimits limits, Reading[] history, Reading reading) => new PlausibilityRules(reading.Register, limits, history, Now).Judge(reading);

    private static Reading Of(Register register, long quantity) => new(register, Now - 86_400, Quarter, quantity, Quality.Measured, 0);
}
