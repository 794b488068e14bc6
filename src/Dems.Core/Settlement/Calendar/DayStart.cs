using Dems.Core.Energy;

namespace Dems.Core.Settlement.Calendar;

/// <summary>When the day of a carrier begins, in seconds after local midnight.</summary>
public static class DayStart
{
    /// <summary>Local midnight.</summary>
    public const int Midnight = 0;

    /// <summary>06:00 local: the gas day, of 23, 24 or 25 hours like any other.</summary>
    public const int GasDay = 6 * 3600;

    /// <summary>The gas day for natural gas, midnight for everything else.</summary>
    public static int Of(Carrier carrier) => carrier == Carrier.NaturalGas ? GasDay : Midnight;
}
