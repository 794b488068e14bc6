namespace Dems.Cli.Simulator;

/// <summary>What stands in a simulated home.</summary>
/// <param name="Name">Metering point.</param>
/// <param name="LoadPercent">Its use of electricity, in percent of the typical one.</param>
/// <param name="PvPeakW">Peak power of its panels in W; 0 without.</param>
/// <param name="BatteryWh">Capacity of its battery in Wh; 0 without.</param>
/// <param name="BatteryW">Power limit of the battery in W.</param>
/// <param name="BoilerW">Power of its gas boiler in W; 0 without.</param>
internal sealed record Household(string Name, int LoadPercent, int PvPeakW, int BatteryWh, int BatteryW, int BoilerW)
{
    /// <summary>Makes the homes of a village: about half have panels, half of those a battery, and two thirds a gas boiler.</summary>
    public static IReadOnlyList<Household> Village(int count, ulong seed)
    {
        var random = new SplitMix(seed);
        var homes = new List<Household>(count);
        for (var i = 1; i <= count; i++)
        {
            var pv = random.Between(0, 1) == 0 ? 0 : (int)random.Between(20, 99) * 100;
            var battery = pv == 0 || random.Between(0, 1) == 0 ? 0 : (int)random.Between(4, 12) * 1_000;
            var boiler = random.Between(0, 2) == 0 ? 0 : (int)random.Between(12, 24) * 1_000;
            homes.Add(new Household($"HOME-{i:D4}", (int)random.Between(50, 180), pv, battery, battery / 2, boiler));
        }

        return homes;
    }
}
