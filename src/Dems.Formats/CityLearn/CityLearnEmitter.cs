using Dems.Core.Energy;

namespace Dems.Formats.CityLearn;

/// <summary>Makes the readings of one row whose hour is known.</summary>
internal sealed class CityLearnEmitter(ImportContext context, string building, CityLearnHeader header, decimal? nominalPowerKw)
{
    private const int SecondsPerHour = 3600;

    private readonly CityLearnOptions _options = context.CityLearn;
    private readonly string _meteringPoint = context.CityLearn.Dataset.Length == 0 ? building : $"{context.CityLearn.Dataset}/{building}";
    private readonly long _offsetSeconds = (long)context.CityLearn.UtcOffset.TotalSeconds;

    /// <summary>Adds the readings of the hour that begins <paramref name="slot"/> hours after 1970-01-01T00:00 on the file's clock.</summary>
    public void Emit(CityLearnRow row, long slot, List<ImportRow> rows)
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
            var reading = new Reading(register, slot * SecondsPerHour - _offsetSeconds, SecondsPerHour, wattHours, quality, context.Revision);
            rows.Add(new ImportRow.Accepted(new ImportedReading(_meteringPoint, carrier, reading, row.Line)));
        }
    }
}
