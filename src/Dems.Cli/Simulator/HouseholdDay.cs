using Dems.Core.Energy;

namespace Dems.Cli.Simulator;

/// <summary>
/// The quarter-hours of one home, in integers. Energy is conserved in every interval: consumption + charge + export = generation + discharge + import. The battery takes
/// surplus within its power and capacity and loses a tenth of it; it covers need within its power and content.
/// </summary>
internal sealed class HouseholdDay(Household home, ulong seed)
{
    /// <summary>Length of an interval in seconds.</summary>
    public const int IntervalSeconds = 900;

    /// <summary>Intervals of a day.</summary>
    public const int IntervalsPerDay = 24 * 3600 / IntervalSeconds;

    // Typical power in W, hour by hour.
    private static readonly int[] TypicalLoadW =
        [220, 200, 190, 190, 200, 260, 420, 560, 480, 380, 360, 420, 520, 440, 360, 360, 420, 620, 820, 860, 740, 560, 400, 280];

    // Share of the boiler's power in per mille, hour by hour.
    private static readonly int[] HeatingShare =
        [40, 40, 40, 60, 120, 320, 420, 360, 240, 180, 140, 120, 120, 120, 130, 160, 220, 300, 340, 320, 260, 180, 100, 60];

    private const int Sunrise = 26;
    private const int Sunset = 74;

    private SplitMix _random = new(seed);
    private long _contentWh;

    /// <summary>Readings of the meter for the interval that starts at <paramref name="start"/>, in register order.</summary>
    public void Next(long start, int slot, int cloudPercent, List<Reading> electricity, List<Reading> gas)
    {
        var load = TypicalLoadW[slot / 4] * (long)home.LoadPercent / 100 * _random.Between(70, 130) / 100 / 4;
        var sun = SunWh(slot, cloudPercent);
        var (charge, discharge) = Store(sun - load);
        var balance = load + charge - sun - discharge;
        Add(electricity, Register.Import, start, Math.Max(balance, 0));
        Add(electricity, Register.Export, start, Math.Max(-balance, 0));
        Add(electricity, Register.Consumption, start, load);
        if (home.PvPeakW > 0)
        {
            Add(electricity, Register.Generation, start, sun);
        }

        if (home.BatteryWh > 0)
        {
            Add(electricity, Register.Charge, start, charge);
            Add(electricity, Register.Discharge, start, discharge);
            Add(electricity, Register.StateOfCharge, start, _contentWh);
        }

        if (home.BoilerW > 0)
        {
            Add(gas, Register.Import, start, home.BoilerW * (long)HeatingShare[slot / 4] / 1000 * _random.Between(60, 140) / 100 / 4);
        }
    }

    private static void Add(List<Reading> readings, Register register, long start, long quantity) =>
        readings.Add(new Reading(register, start, IntervalSeconds, quantity, Quality.Measured, Revision: 0));

    /// <summary>A parabola over the day, dimmed by clouds.</summary>
    private long SunWh(int slot, int cloudPercent)
    {
        if (home.PvPeakW == 0 || slot <= Sunrise || slot >= Sunset)
        {
            return 0;
        }

        var height = (long)(slot - Sunrise) * (Sunset - slot) * 4;
        return home.PvPeakW * height / ((Sunset - Sunrise) * (Sunset - Sunrise)) * cloudPercent / 100 * _random.Between(85, 100) / 100 / 4;
    }

    private (long Charge, long Discharge) Store(long surplus)
    {
        var limit = home.BatteryW / 4;
        if (surplus > 0)
        {
            var charge = Math.Min(Math.Min(surplus, limit), (home.BatteryWh - _contentWh) * 10 / 9);
            _contentWh += charge * 9 / 10;
            return (charge, 0);
        }

        var discharge = Math.Min(Math.Min(-surplus, limit), _contentWh);
        _contentWh -= discharge;
        return (0, discharge);
    }
}
