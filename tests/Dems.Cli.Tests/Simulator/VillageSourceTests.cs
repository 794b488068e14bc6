using Dems.Cli.Simulator;
using Dems.Core.Energy;
using Dems.Formats;
using Xunit;

namespace Dems.Cli.Tests.Simulator;

public sealed class VillageSourceTests
{
    [Fact]
    public async Task Village_EveryIntervalOfEveryHome_ConservesEnergy()
    {
        var readings = await ReadAsync(homes: 30, days: 3, seed: 5);
        foreach (var interval in readings.Where(r => r.Carrier == Carrier.Electricity).GroupBy(r => (r.MeteringPoint, r.Reading.Start)))
        {
            long Of(Register register) => interval.Where(r => r.Reading.Register == register).Sum(r => r.Reading.Quantity);
            Assert.Equal(
                Of(Register.Consumption) + Of(Register.Charge) + Of(Register.Export),
                Of(Register.Generation) + Of(Register.Discharge) + Of(Register.Import));
            Assert.True(Of(Register.Import) == 0 || Of(Register.Export) == 0);
        }
    }

    [Fact]
    public async Task Village_Battery_StaysWithinItsCapacityAndNeverGivesMoreThanItGot()
    {
        var capacities = Household.Village(30, 5).ToDictionary(h => h.Name, h => (long)h.BatteryWh, StringComparer.Ordinal);
        var stored = (await ReadAsync(homes: 30, days: 5, seed: 5)).Where(r => capacities[r.MeteringPoint] > 0).GroupBy(r => r.MeteringPoint, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(stored);
        foreach (var home in stored)
        {
            var (charged, discharged, content) = (0L, 0L, 0L);
            foreach (var reading in home.Where(r => r.Carrier == Carrier.Electricity).Select(r => r.Reading))
            {
                charged += reading.Register == Register.Charge ? reading.Quantity : 0;
                discharged += reading.Register == Register.Discharge ? reading.Quantity : 0;
                if (reading.Register == Register.StateOfCharge)
                {
                    content = reading.Quantity;
                    Assert.InRange(content, 0, capacities[home.Key]);
                    Assert.True(discharged + content <= charged, $"{home.Key}: {discharged} out and {content} left of {charged} in");
                }
            }
        }
    }

    [Fact]
    public async Task Village_SameSeed_IsTheSameDownToTheLastReading()
    {
        Assert.Equal(await ReadAsync(10, 2, seed: 9), await ReadAsync(10, 2, seed: 9));
        Assert.NotEqual(await ReadAsync(10, 2, seed: 9), await ReadAsync(10, 2, seed: 10));
        Assert.Equal(await new VillageSource(10, 2, 9).IdentifyAsync(default), await new VillageSource(10, 2, 9).IdentifyAsync(default));
        Assert.NotEqual(await new VillageSource(10, 2, 9).IdentifyAsync(default), await new VillageSource(10, 3, 9).IdentifyAsync(default));
    }

    [Fact]
    public async Task Village_Night_HasNoSun()
    {
        var dark = (await ReadAsync(30, 2, seed: 5)).Where(r => r.Reading.Register == Register.Generation && r.Reading.Start % 86_400 is < 6 * 3600 or >= 19 * 3600);
        Assert.All(dark, r => Assert.Equal(0, r.Reading.Quantity));
    }

    private static async Task<List<ImportedReading>> ReadAsync(int homes, int days, ulong seed)
    {
        var readings = new List<ImportedReading>();
        await foreach (var row in new VillageSource(homes, days, seed).ReadAsync(TestContext.Current.CancellationToken))
        {
            readings.Add(Assert.IsType<ImportRow.Accepted>(row).Reading);
        }

        return readings;
    }
}
