using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>The 250 records. A quantity lies between two reads and is as good as the worse of them.</summary>
internal sealed class Nem13Parser(ImportContext context, RowReporter report) : NemParser("NEM13", report)
{
    private const int MinFields = 20;
    private const int MaxFields = 23;

    private enum Column
    {
        Nmi = 1,
        NmiSuffix = 4,
        DirectionIndicator = 7,
        PreviousRegisterReadDateTime = 9,
        PreviousQualityMethod = 10,
        CurrentRegisterReadDateTime = 14,
        CurrentQualityMethod = 15,
        Quantity = 18,
        Uom = 19,
    }

    protected override bool TryAccept(long number, int indicator, CsvFields fields, List<ImportRow> rows)
    {
        switch (indicator)
        {
            case 250:
                rows.Add(Read(number, fields));
                return true;
            case 550:
                // How the data was exchanged: nothing about energy.
                return true;
            default:
                return false;
        }
    }

    protected override void Lose(long number, int fieldCount, List<ImportRow> rows)
    {
    }

    protected override void Flush(List<ImportRow> rows)
    {
    }

    private ImportRow Read(long number, CsvFields fields)
    {
        if (fields.Count < MinFields || !IsBlankFrom(fields, MaxFields))
        {
            return Report.Reject(
                number, "", [], $"the record has {fields.Count} fields instead of {MinFields} to {MaxFields}", "restore the record as it was sent");
        }

        if (!TryReadPoint(fields, out var register, out var column, out var flaw) || !TryReadUnit(fields, out var scale, out column, out flaw))
        {
            return Refuse(number, fields, column, flaw);
        }

        if (scale is null)
        {
            return Report.Skip(number, NemUnit.Field, fields.Trimmed((int)Column.Uom), "the unit measures no energy", "nothing to do");
        }

        if (!TryReadInterval(fields, out var start, out var duration, out column, out flaw)
            || !TryReadQuality(fields, out var quality, out column, out flaw))
        {
            return Refuse(number, fields, column, flaw);
        }

        if (!EnergyText.TryParse(fields.Trimmed((int)Column.Quantity), scale.Value, context.Rounding, out var quantity, out flaw))
        {
            return Refuse(number, fields, Column.Quantity, flaw);
        }

        var point = NemPoint.MeteringPointOf(fields.Trimmed((int)Column.Nmi), fields.Trimmed((int)Column.NmiSuffix));
        return new ImportRow.Accepted(
            new ImportedReading(point, Carrier.Electricity, new Reading(register, start, duration, quantity, quality, context.Revision), number));
    }

    private ImportRow Refuse(long number, CsvFields fields, Column column, Flaw flaw) =>
        Report.Reject(number, NameOf(column), fields.Trimmed((int)column), flaw);

    private static string NameOf(Column column) => column switch
    {
        Column.Nmi => "NMI",
        Column.NmiSuffix => NemPoint.SuffixField,
        Column.Uom => NemUnit.Field,
        _ => column.ToString(),
    };

    private static bool TryReadPoint(CsvFields fields, out Register register, out Column column, out Flaw flaw)
    {
        register = default;
        flaw = new Flaw("this is not an NMI", "state its ten letters and digits, without the checksum");
        column = Column.Nmi;
        if (!NemPoint.IsNmi(fields.Trimmed((int)column)))
        {
            return false;
        }

        column = Column.NmiSuffix;
        flaw = new Flaw("this is not a suffix", "it has two letters or digits, such as 11");
        var suffix = fields.Trimmed((int)column);
        if (!NemPoint.IsSuffix(suffix))
        {
            return false;
        }

        column = Column.DirectionIndicator;
        flaw = new Flaw("the direction is neither E (out of the grid) nor I (into the grid)", "state the direction");
        var direction = fields.Trimmed((int)column);
        if (direction is not [(byte)'E' or (byte)'I'])
        {
            return false;
        }

        register = direction[0] == 'E' ? Register.Import : Register.Export;
        flaw = new Flaw("the direction contradicts the suffix", "E goes with suffix E, I with suffix B");
        return NemPoint.RegisterOf(suffix) is not { } stated || stated == register;
    }

    private static bool TryReadUnit(CsvFields fields, out int? scale, out Column column, out Flaw flaw)
    {
        column = Column.Uom;
        flaw = new Flaw("the format has no such unit", "energy comes in Wh, kWh or MWh");
        return NemUnit.TryParse(fields.Trimmed((int)column), out scale);
    }

    private static bool TryReadInterval(CsvFields fields, out long start, out int duration, out Column column, out Flaw flaw)
    {
        duration = 0;
        flaw = new Flaw("the calendar has no such time", "write it as yyyyMMddHHmmss in market time (UTC+10)");
        column = Column.PreviousRegisterReadDateTime;
        if (!NemTime.TryParseDateTime(fields.Trimmed((int)column), out start))
        {
            return false;
        }

        column = Column.CurrentRegisterReadDateTime;
        if (!NemTime.TryParseDateTime(fields.Trimmed((int)column), out var end))
        {
            return false;
        }

        flaw = new Flaw("the current read is not 1 second to 400 days after the previous one", "correct the time of one of the reads");
        duration = (int)Math.Clamp(end - start, 0, Reading.MaxDuration + 1);
        return duration is >= 1 and <= Reading.MaxDuration;
    }

    private static bool TryReadQuality(CsvFields fields, out Quality quality, out Column column, out Flaw flaw)
    {
        quality = default;
        flaw = new Flaw("this is not a quality method of a read", "write A, or E, F or S with the number of its method");
        column = Column.PreviousQualityMethod;
        if (!NemQuality.TryParse(fields.Trimmed((int)column), out var previous) || previous == NemFlag.Variable)
        {
            return false;
        }

        column = Column.CurrentQualityMethod;
        if (!NemQuality.TryParse(fields.Trimmed((int)column), out var current) || current == NemFlag.Variable)
        {
            return false;
        }

        if (previous == NemFlag.Null || current == NemFlag.Null)
        {
            flaw = new Flaw("the provider has no data for one of the reads (quality N)", "ask for a substituted or estimated read");
            return false;
        }

        quality = NemQuality.Worse(previous, current);
        return true;
    }
}
