using System.Buffers.Text;
using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>
/// The records of NEM12: a 200 record opens a stream, each 300 record is a day of it, 400 records tell the quality of parts of the day before them,
/// 500 records tell how the data was exchanged and are passed over. A day waits for its 400 records, so at most one is held.
/// </summary>
internal sealed class Nem12Parser(ImportContext context, RowReporter report) : NemParser("NEM12", report)
{
    private const int FieldsOfEvent = 4;

    private readonly Nem12StreamReader _streams = new(report);
    private Nem12Stream? _stream;
    private Nem12Day? _day;

    /// <summary>Whether the last 300 record was refused or skipped, so that its 400 records are passed over with it.</summary>
    private bool _dayIsLost;

    protected override bool TryAccept(long number, int indicator, CsvFields fields, List<ImportRow> rows)
    {
        switch (indicator)
        {
            case 200:
                Flush(rows);
                _stream = _streams.Read(number, fields, rows);
                _dayIsLost = false;
                return true;
            case 300:
                FlushDay(rows);
                ReadDay(number, fields, rows);
                return true;
            case 400:
                ReadQuality(number, fields, rows);
                return true;
            case 500:
                if (_stream is null)
                {
                    rows.Add(Report.Reject(
                        number, Indicator, fields.Trimmed(0), "a 500 record stands before any 200 record", "restore the order of the file"));
                }

                return true;
            default:
                return false;
        }
    }

    protected override void Lose(long number, int fieldCount, List<ImportRow> rows)
    {
        const int MinFieldsOfStream = 8;
        const int MaxFieldsOfStream = 12;
        _dayIsLost = true;
        if (fieldCount == 0 || fieldCount is >= MinFieldsOfStream and <= MaxFieldsOfStream)
        {
            // It may have been a 200 record: the days that follow could be another stream's.
            Flush(rows);
            _stream = new Nem12Stream(number, Nem12StreamUse.Refused);
        }
        else if (fieldCount < MinFieldsOfStream && _day is { NeedsEvents: true })
        {
            DropDay(rows, $"the record of line {number}, which may tell its quality, cannot be read");
        }
        else
        {
            FlushDay(rows);
        }
    }

    protected override void Flush(List<ImportRow> rows)
    {
        FlushDay(rows);
        if (_stream is { Use: Nem12StreamUse.Skipped, Skip: { } skip })
        {
            rows.Add(skip with { Row = skip.Row with { Reason = $"{skip.Row.Reason}; days not imported: {_stream.SkippedDays}" } });
        }

        _stream = null;
    }

    private void FlushDay(List<ImportRow> rows)
    {
        _day?.Emit(context, Report, rows);
        _day = null;
    }

    private void DropDay(List<ImportRow> rows, string reason)
    {
        if (_day is not null)
        {
            rows.Add(Report.Reject(_day.Line, NemQuality.Field, [], reason, "restore that record; the day is refused as a whole"));
        }

        _day = null;
        _dayIsLost = true;
    }

    private void ReadDay(long number, CsvFields fields, List<ImportRow> rows)
    {
        _dayIsLost = true;
        switch (_stream?.Use)
        {
            case null:
                rows.Add(Report.Reject(
                    number, Indicator, fields.Trimmed(0), "a 300 record stands before any 200 record",
                    "restore the 200 record that says whose day it is"));
                return;
            case Nem12StreamUse.Refused:
                rows.Add(Report.Reject(
                    number, Indicator, fields.Trimmed(0), $"the record of line {_stream.Line}, which says whose day this is, was refused",
                    "correct that record"));
                return;
            case Nem12StreamUse.Skipped:
                _stream.SkippedDays++;
                return;
        }

        var day = Nem12Day.Read(number, _stream!, fields, context.Rounding, out var field, out var value, out var flaw);
        if (day is null)
        {
            rows.Add(Report.Reject(number, field, value, flaw));
            return;
        }

        if (!_stream!.Days.Add(day.Start))
        {
            rows.Add(Report.Reject(number, "IntervalDate", fields.Trimmed(1), "the stream has this day already", "keep one of the two"));
            return;
        }

        _day = day;
        _dayIsLost = false;
    }

    private void ReadQuality(long number, CsvFields fields, List<ImportRow> rows)
    {
        if (_dayIsLost)
        {
            return;
        }

        if (_day is null)
        {
            rows.Add(
                Report.Reject(number, Indicator, fields.Trimmed(0), "a 400 record does not follow a 300 record", "restore the order of the file"));
            return;
        }

        if (!NemQuality.TryParse(fields.Trimmed(3), out var flag) || flag == NemFlag.Variable || fields.Count < FieldsOfEvent)
        {
            Refuse(
                NemQuality.Field, fields.Trimmed(3), "this is not a quality method of an interval",
                "write A or N, or E, F or S with the number of its method");
            return;
        }

        if (!TryReadWhole(fields.Trimmed(1), out var first) || !TryReadWhole(fields.Trimmed(2), out var last) || !_day.TryState(first, last, flag))
        {
            Refuse(
                "StartInterval", fields.Trimmed(1), "the intervals are not within the day, run backwards, or have been told already",
                $"they count from 1 to {_day!.Stream.IntervalsPerDay}");
        }

        void Refuse(string name, ReadOnlySpan<byte> value, string reason, string fix)
        {
            rows.Add(Report.Reject(number, name, value, reason, fix));
            DropDay(rows, $"the 400 record of line {number}, which tells its quality, was refused");
        }
    }

    private static bool TryReadWhole(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text, out value, out var used) && used == text.Length;
}
