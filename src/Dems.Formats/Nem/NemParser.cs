using System.Buffers.Text;
using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>
/// The frame that NEM12 and NEM13 share (AEMO, Meter Data File Format Specification): a 100 record, data, a 900 record. What is wrong with the frame
/// is reported, and the data within is read all the same.
/// </summary>
internal abstract class NemParser(string version, RowReporter report) : ILineParser
{
    /// <summary>Name of the first field of every record.</summary>
    protected const string Indicator = "RecordIndicator";

    private const int Header = 100;
    private const int Trailer = 900;

    private readonly CsvSplitter _splitter = new();
    private bool _begun;
    private long _endedAt;

    public bool Stopped => false;

    protected RowReporter Report { get; } = report;

    public void Accept(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        if (line.Trim((byte)' ').IsEmpty)
        {
            return;
        }

        if (!_splitter.TrySplit(line, (byte)',', out var fields, out var flaw))
        {
            rows.Add(Report.Reject(number, "", line, flaw));
            _begun = true;
            Lose(number, line.Count((byte)',') + 1, rows);
            return;
        }

        var indicator = Utf8Parser.TryParse(fields.Trimmed(0), out int parsed, out var used) && used == fields.Trimmed(0).Length ? parsed : 0;
        CheckFrame(number, indicator, fields.Trimmed(0), rows);
        if (indicator == Header)
        {
            CheckHeader(number, fields, rows);
        }
        else if (indicator == Trailer && IsBlankFrom(fields, 1))
        {
            Flush(rows);
            _endedAt = number;
        }
        else if (!TryAccept(number, indicator, fields, rows))
        {
            rows.Add(
                Report.Reject(number, Indicator, fields.Trimmed(0), $"{version} has no such record", "correct its first field, or remove the line"));
            Lose(number, fields.Count, rows);
        }

        _begun = true;
    }

    public void PassOver(long number, ImportRow refusal, List<ImportRow> rows)
    {
        _begun = true;
        rows.Add(refusal);
        Lose(number, fieldCount: 0, rows);
    }

    public void End(long number, List<ImportRow> rows)
    {
        Flush(rows);
        if (_endedAt == 0)
        {
            rows.Add(Report.Reject(
                number, Indicator, [], "the file ends without its 900 record: it was probably cut short",
                "fetch the whole file and import it again; nothing is doubled"));
        }
    }

    /// <summary>Takes a data record; false when the format has none of this indicator.</summary>
    protected abstract bool TryAccept(long number, int indicator, CsvFields fields, List<ImportRow> rows);

    /// <summary>
    /// A record, already refused, could not be told: what it began must not be mistaken for a part of what came before. 0 fields: unknown how many.
    /// </summary>
    protected abstract void Lose(long number, int fieldCount, List<ImportRow> rows);

    /// <summary>Adds what was held back for a possible continuation.</summary>
    protected abstract void Flush(List<ImportRow> rows);

    /// <summary>Whether nothing but empty fields follows.</summary>
    public static bool IsBlankFrom(CsvFields fields, int index)
    {
        for (var i = index; i < fields.Count; i++)
        {
            if (!fields.Trimmed(i).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private void CheckFrame(long number, int indicator, ReadOnlySpan<byte> text, List<ImportRow> rows)
    {
        if (!_begun && indicator != Header)
        {
            rows.Add(Report.Reject(
                number, Indicator, text, $"the file does not begin with a 100 record of {version}",
                "fetch the whole file; the records that follow are read all the same"));
        }

        if (_endedAt > 0)
        {
            rows.Add(Report.Reject(
                number, Indicator, text, $"records follow the 900 record of line {_endedAt}",
                "import files one by one; the records that follow are read all the same"));
            _endedAt = 0;
        }
    }

    private void CheckHeader(long number, CsvFields fields, List<ImportRow> rows)
    {
        if (_begun)
        {
            rows.Add(Report.Reject(
                number, Indicator, fields.Trimmed(0), "a 100 record stands inside the file",
                "import files one by one; the records that follow are read all the same"));
            Lose(number, fieldCount: 0, rows);
        }
        else if (!fields.Trimmed(1).SequenceEqual(Encoding.ASCII.GetBytes(version)))
        {
            rows.Add(Report.Reject(
                number, "VersionHeader", fields.Trimmed(1), $"the header does not say {version}",
                "correct the header; the records that follow are read all the same"));
        }
        else if (!NemTime.TryParseDateTime(fields.Trimmed(2), out _))
        {
            rows.Add(Report.Reject(
                number, "DateTime", fields.Trimmed(2), "the calendar has no such time",
                "write it as yyyyMMddHHmm; the records that follow are read all the same"));
        }
    }
}
