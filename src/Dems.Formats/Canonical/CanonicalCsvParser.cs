using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>Header, then rows. A header that cannot be understood ends the import, since no row could be understood without it.</summary>
internal sealed class CanonicalCsvParser(ImportContext context, RowReporter report) : ILineParser
{
    private static readonly Flaw NoHeader = new("the file is empty", "the first row names the columns");
    private static readonly Flaw TooFew = new("the row has fewer fields than the header", "add the missing ones; leave optional ones empty");

    private static readonly Flaw TooMany = new(
        "the row has more fields than the header",
        "a decimal comma splits a number in two: write the decimal point as '.', or quote text that has the delimiter in it");

    private readonly CsvSplitter _splitter = new();
    private readonly CanonicalRowReader _reader = new(context);
    private readonly Range[] _ranges = new Range[CanonicalNames.FieldCount];
    private CanonicalCsvHeader? _header;

    public bool Stopped { get; private set; }

    public void Accept(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        if (line.IsEmpty)
        {
            return;
        }

        if (_header is null)
        {
            ReadHeader(number, line, rows);
            return;
        }

        rows.Add(ReadRow(number, line, _header));
    }

    public void PassOver(long number, ImportRow refusal, List<ImportRow> rows)
    {
        Stopped = _header is null;
        rows.Add(refusal);
    }

    public void End(long number, List<ImportRow> rows)
    {
        if (_header is null && !Stopped)
        {
            rows.Add(report.Reject(0, "", [], NoHeader));
        }
    }

    private void ReadHeader(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        _header = CanonicalCsvHeader.Read(line, out var name, out var flaw);
        if (_header is null)
        {
            Stopped = true;
            rows.Add(report.Reject(number, name, line, flaw));
        }
    }

    private ImportRow ReadRow(long number, ReadOnlySpan<byte> line, CanonicalCsvHeader header)
    {
        if (!_splitter.TrySplit(line, header.Delimiter, out var fields, out var flaw))
        {
            return report.Reject(number, "", line, flaw);
        }

        if (fields.Count != header.Count)
        {
            return report.Reject(number, "", line, fields.Count < header.Count ? TooFew : TooMany);
        }

        for (var i = 0; i < fields.Count; i++)
        {
            _ranges[(int)header[i]] = fields.RangeOf(i);
        }

        var values = new CanonicalFields(fields.Text, _ranges);
        return _reader.TryRead(values, number, out var reading, out var field, out flaw)
            ? new ImportRow.Accepted(reading)
            : report.Reject(number, CanonicalNames.Fields.NameOf(field), values[field], flaw);
    }
}
