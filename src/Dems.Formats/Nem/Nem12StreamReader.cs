using System.Buffers.Text;
using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>Reads 200 records.</summary>
internal sealed class Nem12StreamReader(RowReporter report)
{
    private const int MinFields = 9;
    private const int MaxFields = 10;
    private const int Nmi = 1;
    private const int Suffix = 4;
    private const int Unit = 7;
    private const int IntervalLength = 8;

    /// <summary>Reads a record; a refused one adds its refusal.</summary>
    public Nem12Stream Read(long number, CsvFields fields, List<ImportRow> rows)
    {
        if (fields.Count < MinFields || !NemParser.IsBlankFrom(fields, MaxFields))
        {
            return Refuse("", [], $"the record has {fields.Count} fields instead of {MinFields} to {MaxFields}", "restore the record as it was sent");
        }

        var nmi = fields.Trimmed(Nmi);
        var suffix = fields.Trimmed(Suffix);
        var unit = fields.Trimmed(Unit);
        if (!NemPoint.IsNmi(nmi))
        {
            return Refuse("NMI", nmi, "this is not an NMI", "state its ten letters and digits, without the checksum");
        }

        if (!NemPoint.IsSuffix(suffix))
        {
            return Refuse(
                NemPoint.SuffixField, suffix, "this is not a suffix", "it has a letter for the stream and a digit for the meter, such as E1");
        }

        if (!NemUnit.TryParse(unit, out var scale))
        {
            return Refuse(NemUnit.Field, unit, "the format has no such unit", "energy comes in Wh, kWh or MWh");
        }

        var length = fields.Trimmed(IntervalLength);
        if (!Utf8Parser.TryParse(length, out int minutes, out var used) || used != length.Length || minutes is not (5 or 15 or 30))
        {
            return Refuse(
                "IntervalLength", length, "the interval length is not 5, 15 or 30 minutes",
                "state the length of the intervals that follow");
        }

        if (scale is null)
        {
            return Skip(NemUnit.Field, unit, "the unit measures no energy");
        }

        if (NemPoint.RegisterOf(suffix) is { } register)
        {
            return new Nem12Stream(number, Nem12StreamUse.Taken, NemPoint.MeteringPointOf(nmi, suffix), register, scale.Value, minutes);
        }

        return NemPoint.IsCheckStream(suffix)
            ? Skip(NemPoint.SuffixField, suffix, "a check meter or an average repeats what the master stream counts")
            : Refuse(
                NemPoint.SuffixField, suffix, "the suffix is none of an energy stream, but the unit is",
                "correct the suffix (E out of the grid, B into it) or the unit");

        Nem12Stream Refuse(string field, ReadOnlySpan<byte> value, string reason, string fix)
        {
            rows.Add(report.Reject(number, field, value, reason, fix));
            return new Nem12Stream(number, Nem12StreamUse.Refused);
        }

        Nem12Stream Skip(string field, ReadOnlySpan<byte> value, string reason) =>
            new(number, Nem12StreamUse.Skipped, Skip: report.Skip(number, field, value, reason, "nothing to do"));
    }
}
