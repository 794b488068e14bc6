using System.Buffers.Text;
using System.Globalization;
using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>Reads one line into a row. What is wrong with it is kept in the row, because a damaged row still takes its hour.</summary>
internal sealed class CityLearnRowReader(CityLearnHeader header, decimal nominalPowerKw, bool readsThermalDemand, RowReporter report)
{
    private const decimal WhPerKWh = 1000m;

    private readonly CsvSplitter _splitter = new();

    public CityLearnRow Read(long number, ReadOnlySpan<byte> line)
    {
        if (!_splitter.TrySplit(line, (byte)',', out var fields, out var flaw))
        {
            return Refused(number, default, "", line, flaw);
        }

        if (fields.Count != header.Count)
        {
            return Refused(
                number, default, "", line,
                new Flaw($"the row has {fields.Count} fields, the header {header.Count}", "restore the row as it was published"));
        }

        if (!TryReadLabel(fields, out var label, out var name, out var column))
        {
            return Refused(
                number, default, name, fields[column], new Flaw("the value is not in the calendar", "month 1-12, hour 1-24, day_type 1-8"));
        }

        if (!TryRead(fields, header.Load, CityLearnHeader.LoadName, WhPerKWh, out var load, out name, out column, out flaw)
            || !TryRead(fields, header.Solar, CityLearnHeader.SolarName, nominalPowerKw, out var solar, out name, out column, out flaw))
        {
            return Refused(number, label, name, fields[column], flaw);
        }

        var (heat, cooling, hotWater) = (0m, 0m, 0m);
        if (readsThermalDemand
            && (!TryRead(fields, header.HotWater, CityLearnHeader.HotWaterName, WhPerKWh, out hotWater, out name, out column, out flaw)
                || !TryRead(fields, header.Heating, CityLearnHeader.HeatingName, WhPerKWh, out heat, out name, out column, out flaw)
                || !TryRead(fields, header.Cooling, CityLearnHeader.CoolingName, WhPerKWh, out cooling, out name, out column, out flaw)))
        {
            return Refused(number, label, name, fields[column], flaw);
        }

        return new CityLearnRow(number, label, Round(load), Round(solar), Round(hotWater + heat), Round(cooling), null);
    }

    private CityLearnRow Refused(long number, CityLearnLabel label, string field, ReadOnlySpan<byte> value, Flaw flaw) =>
        new(number, label, 0, 0, 0, 0, report.Reject(number, field, value, flaw));

    private bool TryReadLabel(CsvFields fields, out CityLearnLabel label, out string name, out int column)
    {
        label = default;
        (name, column) = (CityLearnHeader.MonthName, header.Month);
        if (!TryReadWhole(fields.Trimmed(column), 12, out var month))
        {
            return false;
        }

        (name, column) = (CityLearnHeader.HourName, header.Hour);
        if (!TryReadWhole(fields.Trimmed(column), 24, out var hour))
        {
            return false;
        }

        (name, column) = (CityLearnHeader.DayTypeName, header.DayType);
        if (!TryReadWhole(fields.Trimmed(column), CityLearnLabel.Holiday, out var dayType))
        {
            return false;
        }

        label = new CityLearnLabel(month, hour, dayType);
        return true;
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> text, int max, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && value >= 1 && value <= max;

    private static bool TryRead(
        CsvFields fields, int at, string columnName, decimal factor, out decimal wattHours, out string name, out int column, out Flaw flaw)
    {
        (name, column, flaw, wattHours) = (columnName, at, default, 0);
        if (at < 0)
        {
            return true;
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!decimal.TryParse(fields.Trimmed(at), Styles, CultureInfo.InvariantCulture, out var value))
        {
            flaw = new Flaw("this is not a number", "restore the value as it was published");
            return false;
        }

        if (value < 0 || value > Reading.MaxQuantity / WhPerKWh)
        {
            flaw = new Flaw(
                value < 0 ? "the value is negative" : $"the value exceeds {Reading.MaxQuantity} Wh", "restore the value as it was published");
            return false;
        }

        wattHours = value * factor;
        return true;
    }

    private static long Round(decimal wattHours) => (long)decimal.Round(wattHours, MidpointRounding.ToEven);
}
