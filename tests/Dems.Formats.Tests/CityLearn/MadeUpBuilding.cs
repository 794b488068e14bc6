using System.Globalization;

namespace Dems.Formats.Tests.CityLearn;

/// <summary>Writes a file in the CityLearn layout from a known beginning, with values that name their row.</summary>
internal static class MadeUpBuilding
{
    public const string Header = "month,hour,day_type,daylight_savings_status,non_shiftable_load,dhw_demand,cooling_demand,heating_demand,solar_generation";

    /// <summary>Load of a row in Wh.</summary>
    public static long Load(int row) => row + 1;

    /// <summary>Solar generation of a row in W per kW.</summary>
    public static long Solar(int row) => row % 24 * 10;

    /// <summary>Header and one line per hour; a holiday on every fiftieth day.</summary>
    public static List<string> Write(DateTime first, int rows)
    {
        var lines = new List<string> { Header };
        for (var i = 0; i < rows; i++)
        {
            var start = first.AddHours(i);
            var weekday = start.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)start.DayOfWeek;
            var dayType = start.DayOfYear % 50 == 0 ? 8 : weekday;
            lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{start.Month},{start.Hour + 1},{dayType},0,{Load(i) / 1000m},0.001,0.002,0.003,{Solar(i)}.0"));
        }

        return lines;
    }
}
