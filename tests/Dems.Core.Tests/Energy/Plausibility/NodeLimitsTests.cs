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

    private static EnergySource Source(SourceKind kind, long power, long capacity = 0) => new($"{kind} {power}", Carrier.Electricity, kind, power, capacity);
}
