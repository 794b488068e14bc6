using Dems.Core.Energy;
using Dems.Core.Energy.Plausibility;
using Xunit;

namespace Dems.Core.Tests.Energy.Plausibility;

public sealed class NodeLimitsTests
{
    [Fact]
    public void PowerOf_Prosumer_AddsUpWhatCanFlow()
    {
        var limits = new NodeLimits([Source(SourceKind.Grid, 11_000), Source(SourceKind.Photovoltaic, 6_000), Source(SourceKind.Photovoltaic, 3_000), Source(SourceKind.Battery, 5_000, 10_000)]);

        Assert.Equal(
            [11_000, 11_000, 25_000, 9_000, 5_000, 5_000, null],
            Enum.GetValues<Register>().Select(limits.PowerOf));
        Assert.Equal(10_000, limits.CapacityWh);
    }

    [Fact]
    public void PowerOf_ExportWithoutADeclaredConnection_IsWhatThereIsToExport() =>
        Assert.Equal(8_000, new NodeLimits([Source(SourceKind.Grid, 0), Source(SourceKind.Wind, 3_000), Source(SourceKind.Battery, 5_000)]).PowerOf(Register.Export));

    [Fact]
    public void PowerOf_WithOneUndeclaredSource_IsUnknown()
    {
        var limits = new NodeLimits([Source(SourceKind.Photovoltaic, 6_000), Source(SourceKind.Photovoltaic, 0), Source(SourceKind.Battery, 1, 0)]);

        Assert.Null(limits.PowerOf(Register.Generation));
        Assert.Null(limits.CapacityWh);
        Assert.Null(limits.PowerOf(Register.Import));
        Assert.Null(limits.PowerOf(Register.Export));
        Assert.Null(limits.PowerOf(Register.Consumption));
    }

    [Fact]
    public void PowerOf_SourcesOfOtherCarriers_DoNotCount()
    {
        var limits = new NodeLimits(
        [
            Source(SourceKind.Grid, 11_000),
            Source(SourceKind.Photovoltaic, 6_000),
            Source(SourceKind.Grid, 40_000) with { Carrier = Carrier.NaturalGas },
            Source(SourceKind.Battery, 0) with { Carrier = Carrier.Heat },
        ]);

        Assert.Equal(11_000, limits.PowerOf(Register.Import));
        Assert.Equal(17_000, limits.PowerOf(Register.Consumption));
        Assert.Null(limits.CapacityWh);
    }

    [Theory]
    [InlineData(Carrier.Heat, 21_000)]
    [InlineData(Carrier.Electricity, 1_000)]
    public void PowerOf_BoilersAndHeatPumps_GenerateHeatOnly(Carrier carrier, long power)
    {
        EnergySource[] sources = [Source(SourceKind.Other, 1_000), Source(SourceKind.Boiler, 12_000), Source(SourceKind.HeatPump, 8_000)];

        Assert.Equal(power, new NodeLimits([.. sources.Select(source => source with { Carrier = carrier })]).PowerOf(Register.Generation));
    }

    private static EnergySource Source(SourceKind kind, long power, long capacity = 0) => new($"{kind} {power}", Carrier.Electricity, kind, power, capacity);
}
