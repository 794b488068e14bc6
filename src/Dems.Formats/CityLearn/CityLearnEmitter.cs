using System.Globalization;
using System.Text;
using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>Makes readings of the rows whose hour is certain, and refusals of the others.</summary>
internal sealed class CityLearnEmitter(
    ImportContext context, string meteringPoint, CityLearnHeader header, decimal? nominalPowerKw, RowReporter report)
{
    private const int SecondsPerHour = 3600;
    private const string Restore = "restore the row as it was published";

    private readonly CityLearnOptions _options = context.CityLearn;
    private readonly long _offsetSeconds = (long)context.CityLearn.UtcOffset.TotalSeconds;

    /// <summary>Adds what a row yields.</summary>
    public void Emit(CityLearnPlacement placement, List<ImportRow> rows)
    {
        var row = placement.Row;
        if (placement.MissingBefore > 0)
        {
            rows.Add(report.Reject(
                row.Line, CityLearnHeader.HourName, [], $"hourly rows missing before this line: {placement.MissingBefore}",
                "restore them from the published file"));
        }

        if (row.Refusal is not null)
        {
            rows.Add(row.Refusal);
        }
        else if (placement.IsPlaced)
        {
            EmitReadings(row, placement.Slot * SecondsPerHour - _offsetSeconds, rows);
        }
        else
        {
            rows.Add(Misplaced(row, CityLearnLabel.Of(placement.Slot)));
        }
    }

    private void EmitReadings(CityLearnRow row, long start, List<ImportRow> rows)
    {
        Add(Carrier.Electricity, Register.Consumption, row.Load, Quality.Measured);
        if (header.Solar >= 0 && nominalPowerKw > 0)
        {
            Add(Carrier.Electricity, Register.Generation, row.Solar, Quality.Measured);
        }

        if (_options.DeriveGridExchange && (header.Solar < 0 || nominalPowerKw is not null))
        {
            Add(Carrier.Electricity, Register.Import, Math.Max(row.Load - row.Solar, 0), Quality.Derived);
            Add(Carrier.Electricity, Register.Export, Math.Max(row.Solar - row.Load, 0), Quality.Derived);
        }

        if (_options.ReadsThermalDemand && (header.HotWater >= 0 || header.Heating >= 0))
        {
            Add(Carrier.Heat, Register.Consumption, row.Heat, Quality.Measured);
        }

        if (_options.ReadsThermalDemand && header.Cooling >= 0)
        {
            Add(Carrier.Cooling, Register.Consumption, row.Cooling, Quality.Measured);
        }

        void Add(Carrier carrier, Register register, long wattHours, Quality quality)
        {
            var reading = new Reading(register, start, SecondsPerHour, wattHours, quality, context.Revision);
            rows.Add(new ImportRow.Accepted(new ImportedReading(meteringPoint, carrier, reading, row.Line)));
        }
    }

    private ImportRow Misplaced(CityLearnRow row, CityLearnLabel due)
    {
        var (field, value) = row.Label.Hour != due.Hour ? (CityLearnHeader.HourName, row.Label.Hour)
            : row.Label.Month != due.Month ? (CityLearnHeader.MonthName, row.Label.Month)
            : (CityLearnHeader.DayTypeName, row.Label.DayType);
        var text = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
        return report.Reject(row.Line, field, text, $"month {due.Month}, hour {due.Hour}, day type {due.DayType} is due here", Restore);
    }
}
