using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>Where the columns in use stand; −1 for one that the file lacks. Weather and comfort columns are not read.</summary>
internal sealed record CityLearnHeader(int Count, int Month, int Hour, int DayType, int Load, int Solar, int HotWater, int Heating, int Cooling)
{
    public const string MonthName = "month";
    public const string HourName = "hour";
    public const string DayTypeName = "day_type";
    public const string LoadName = "non_shiftable_load";
    public const string SolarName = "solar_generation";
    public const string HotWaterName = "dhw_demand";
    public const string HeatingName = "heating_demand";
    public const string CoolingName = "cooling_demand";

    /// <summary>Reads the header; null with the name at fault otherwise.</summary>
    public static CityLearnHeader? Read(ReadOnlySpan<byte> line, out string name, out Flaw flaw)
    {
        name = "";
        line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        if (!new CsvSplitter().TrySplit(line, (byte)',', out var fields, out flaw))
        {
            return null;
        }

        var names = new List<string>(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            name = Encoding.UTF8.GetString(fields.Trimmed(i));
            if (names.Contains(name))
            {
                flaw = new Flaw("this column occurs twice", "keep one of the two");
                return null;
            }

            names.Add(name);
        }

        foreach (var needed in new[] { MonthName, HourName, DayTypeName, LoadName })
        {
            if (!names.Contains(needed))
            {
                name = needed;
                flaw = new Flaw("this column is missing", "export the building's file with all its columns");
                return null;
            }
        }

        return new CityLearnHeader(
            names.Count, names.IndexOf(MonthName), names.IndexOf(HourName), names.IndexOf(DayTypeName), names.IndexOf(LoadName),
            names.IndexOf(SolarName), names.IndexOf(HotWaterName), names.IndexOf(HeatingName), names.IndexOf(CoolingName));
    }
}
