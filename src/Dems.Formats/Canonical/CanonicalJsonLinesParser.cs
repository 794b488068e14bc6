using System.Text;
using System.Text.Json;
using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>
/// Each line by itself. Numbers are read from their digits, never through floating point; they may be written as strings. <c>null</c> counts as
/// absent.
/// </summary>
internal sealed class CanonicalJsonLinesParser(ImportContext context, RowReporter report) : ILineParser
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 2 };

    private readonly CanonicalRowReader _reader = new(context);
    private readonly Range[] _ranges = new Range[CanonicalNames.FieldCount];
    private readonly bool[] _seen = new bool[CanonicalNames.FieldCount];
    private byte[] _values = [];
    private long _lines;

    public bool Stopped => false;

    public void Accept(long number, ReadOnlySpan<byte> line, List<ImportRow> rows)
    {
        if (line.Trim(" \t"u8).IsEmpty)
        {
            return;
        }

        _lines++;
        try
        {
            rows.Add(Read(number, line));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader of .NET has no way to refuse without throwing; InvalidOperationException is its word for text that is not Unicode.
            var at = exception is JsonException { BytePositionInLine: { } position } ? $" at byte {position + 1}" : "";
            rows.Add(report.Reject(number, "", line, $"the line is not valid JSON{at}", "write one object per line"));
        }
    }

    public void PassOver(long number, ImportRow refusal, List<ImportRow> rows)
    {
        _lines++;
        rows.Add(refusal);
    }

    public void End(long number, List<ImportRow> rows)
    {
        if (_lines == 0)
        {
            rows.Add(report.Reject(0, "", [], "the file is empty", "write one object per line"));
        }
    }

    private ImportRow Read(long number, ReadOnlySpan<byte> line)
    {
        if (_values.Length < line.Length)
        {
            _values = new byte[line.Length];
        }

        Array.Clear(_seen);
        Array.Clear(_ranges);
        var json = new Utf8JsonReader(line, Strict);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return report.Reject(number, "", line, "the line is not an object", "write one object per line");
        }

        var written = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryReadMember(ref json, ref written, out var name, out var flaw))
            {
                return report.Reject(number, name, json.ValueSpan, flaw);
            }
        }

        // Reading on shows what follows the object: only blanks may.
        json.Read();
        var values = new CanonicalFields(_values, _ranges);
        return _reader.TryRead(values, number, out var reading, out var field, out var problem)
            ? new ImportRow.Accepted(reading)
            : report.Reject(number, CanonicalNames.Fields.NameOf(field), values[field], problem);
    }

    private bool TryReadMember(ref Utf8JsonReader json, ref int written, out string name, out Flaw flaw)
    {
        var nameLength = json.CopyString(_values.AsSpan(written));
        var nameBytes = _values.AsSpan(written, nameLength);
        name = Encoding.UTF8.GetString(nameBytes);
        flaw = new Flaw("this member is not known", CanonicalNames.Fields.Listing);
        if (!CanonicalNames.Fields.TryFind(nameBytes, out var field))
        {
            return false;
        }

        flaw = new Flaw("this member occurs twice", "keep one of the two");
        if (_seen[(int)field])
        {
            return false;
        }

        _seen[(int)field] = true;
        json.Read();
        var takesNumber = field is CanonicalField.DurationS or CanonicalField.QuantityWh or CanonicalField.QuantityKwh or CanonicalField.Revision;
        flaw = new Flaw(
            takesNumber ? "the value is not a number" : "the value is not a string", takesNumber ? "write a number" : "put the value in quotes");
        var length = 0;
        switch (json.TokenType)
        {
            case JsonTokenType.String:
                length = json.CopyString(_values.AsSpan(written));
                break;
            case JsonTokenType.Number when takesNumber:
                json.ValueSpan.CopyTo(_values.AsSpan(written));
                length = json.ValueSpan.Length;
                break;
            case JsonTokenType.Null:
                break;
            default:
                return false;
        }

        _ranges[(int)field] = written..(written + length);
        written += length;
        return true;
    }
}
