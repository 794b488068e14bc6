using Dems.Core.Energy;
using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>
/// One 300 record and the 400 records behind it: refused or taken as one, because a value is worth nothing without its quality. Intervals without
/// data (N) are refused by themselves. Interval 1 begins at 00:00 market time.
/// </summary>
internal sealed class Nem12Day
{
    private const long NoValue = -1;

    private readonly long[] _quantities;
    private readonly NemFlag[] _flags;
    private readonly bool[] _stated;

    private Nem12Day(long line, Nem12Stream stream, long start)
    {
        Line = line;
        Stream = stream;
        Start = start;
        _quantities = new long[stream.IntervalsPerDay];
        _flags = new NemFlag[stream.IntervalsPerDay];
        _stated = new bool[stream.IntervalsPerDay];
    }

    public long Line { get; }

    public Nem12Stream Stream { get; }

    /// <summary>Beginning of the day in seconds since 1970.</summary>
    public long Start { get; }

    /// <summary>Whether the day has no quality of its own, so that every record behind it matters.</summary>
    public bool NeedsEvents { get; private init; }

    /// <summary>Reads a 300 record; null with the flaw otherwise.</summary>
    public static Nem12Day? Read(
        long number, Nem12Stream stream, CsvFields fields, Rounding rounding, out string field, out ReadOnlySpan<byte> value, out Flaw flaw)
    {
        const int FirstValue = 2;
        const int FieldsAfterQuality = 4;
        var (count, at) = (stream.IntervalsPerDay, FirstValue + stream.IntervalsPerDay);
        value = fields.Trimmed(1);
        field = "IntervalDate";
        flaw = new Flaw("the calendar has no such day", "write it as yyyyMMdd");
        if (!NemTime.TryParseDate(value, out var start))
        {
            return null;
        }

        value = fields.Trimmed(at);
        field = NemQuality.Field;
        flaw = new Flaw(
            $"no quality method stands behind the {count} values that intervals of {stream.IntervalMinutes} minutes give",
            "restore missing values, remove surplus ones, or correct the quality");
        if (fields.Count <= at || !NemParser.IsBlankFrom(fields, at + 1 + FieldsAfterQuality) || !NemQuality.TryParse(value, out var flag))
        {
            return null;
        }

        var day = new Nem12Day(number, stream, start) { NeedsEvents = flag == NemFlag.Variable };
        day._flags.AsSpan().Fill(flag);
        for (var i = 0; i < count && flag != NemFlag.Null; i++)
        {
            value = fields.Trimmed(FirstValue + i);
            var isOpen = value.IsEmpty && flag == NemFlag.Variable;
            if (!EnergyText.TryParse(value, stream.Scale, rounding, out day._quantities[i], out flaw) && !isOpen)
            {
                field = $"IntervalValue{i + 1}";
                return null;
            }

            day._quantities[i] = isOpen ? NoValue : day._quantities[i];
        }

        return day;
    }

    /// <summary>Takes a 400 record; false when it contradicts the day or another one.</summary>
    public bool TryState(int first, int last, NemFlag flag)
    {
        if (first < 1 || last < first || last > _flags.Length || _stated.AsSpan(first - 1, last - first + 1).Contains(true))
        {
            return false;
        }

        _stated.AsSpan(first - 1, last - first + 1).Fill(true);
        _flags.AsSpan(first - 1, last - first + 1).Fill(flag);
        return true;
    }

    /// <summary>The day is complete: adds its readings, or its refusal.</summary>
    public void Emit(ImportContext context, RowReporter report, List<ImportRow> rows)
    {
        var open = Array.IndexOf(_flags, NemFlag.Variable);
        if (open >= 0)
        {
            rows.Add(report.Reject(
                Line, NemQuality.Field, "V"u8, $"no 400 record tells the quality of interval {open + 1}",
                "add the 400 records so that they cover the day; the day is refused as a whole"));
            return;
        }

        for (var i = 0; i < _flags.Length; i++)
        {
            if (_flags[i] != NemFlag.Null && _quantities[i] == NoValue)
            {
                rows.Add(report.Reject(
                    Line, $"IntervalValue{i + 1}", [], "there is no quantity", "state one, or quality N; the day is refused as a whole"));
                return;
            }
        }

        for (var i = 0; i < _flags.Length; i++)
        {
            if (_flags[i] == NemFlag.Null)
            {
                var last = LastOfRun(i);
                rows.Add(report.Reject(
                    Line, NemQuality.Field, "N"u8, $"the provider has no data for intervals {i + 1} to {last + 1}", "ask for substituted values"));
                i = last;
                continue;
            }

            var seconds = Stream.IntervalMinutes * 60;
            var reading = new Reading(
                Stream.Register, Start + (long)i * seconds, seconds, _quantities[i], NemQuality.ToQuality(_flags[i]), context.Revision);
            rows.Add(new ImportRow.Accepted(new ImportedReading(Stream.MeteringPoint, Carrier.Electricity, reading, Line)));
        }
    }

    private int LastOfRun(int index)
    {
        while (index + 1 < _flags.Length && _flags[index + 1] == NemFlag.Null)
        {
            index++;
        }

        return index;
    }

}
