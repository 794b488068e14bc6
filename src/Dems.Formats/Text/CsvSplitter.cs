namespace Dems.Formats.Text;

/// <summary>
/// Splits one line by the rules of RFC 4180, with one exception: a line break inside quotes is refused, because no field of any format here has one,
/// and because a single lost quote would otherwise swallow the good rows behind it.
/// </summary>
internal sealed class CsvSplitter
{
    /// <summary>Most fields of a line; a NEM12 day of 5-minute intervals has 295.</summary>
    public const int MaxFields = 512;

    private const byte Quote = (byte)'"';

    private static readonly Flaw TooMany = new($"the row has more than {MaxFields} fields", "check whether its line end was lost");
    private static readonly Flaw Unclosed = new(
        "a quoted field is not closed on its line", "close the quote, or double a quote that is part of the text");
    private static readonly Flaw AfterQuote = new(
        "text follows a closing quote", "put the whole field in quotes, and double a quote that is part of the text");
    private static readonly Flaw InsideField = new(
        "a quote stands inside a field that is not quoted", "put the whole field in quotes and double the quote");

    private readonly int[] _bounds = new int[2 * MaxFields];
    private byte[] _unquoted = [];

    /// <summary>Splits a line; false with the flaw when its quotes make no sense.</summary>
    public bool TrySplit(ReadOnlySpan<byte> line, byte delimiter, out CsvFields fields, out Flaw flaw)
    {
        if (line.IndexOf(Quote) >= 0)
        {
            return TrySplitQuoted(line, delimiter, out fields, out flaw);
        }

        var (count, start) = (0, 0);
        fields = default;
        flaw = TooMany;
        while (true)
        {
            if (count == MaxFields)
            {
                return false;
            }

            var length = line[start..].IndexOf(delimiter);
            _bounds[2 * count] = start;
            _bounds[2 * count++ + 1] = length < 0 ? line.Length : start + length;
            if (length < 0)
            {
                break;
            }

            start += length + 1;
        }

        fields = new CsvFields(line, _bounds.AsSpan(0, 2 * count));
        return true;
    }

    private bool TrySplitQuoted(ReadOnlySpan<byte> line, byte delimiter, out CsvFields fields, out Flaw flaw)
    {
        if (_unquoted.Length < line.Length)
        {
            _unquoted = new byte[line.Length];
        }

        var (count, at, written) = (0, 0, 0);
        fields = default;
        while (true)
        {
            if (count == MaxFields)
            {
                flaw = TooMany;
                return false;
            }

            _bounds[2 * count] = written;
            var quoted = at < line.Length && line[at] == Quote;
            if (!(quoted ? TryUnquote(line, ref at, ref written, out flaw) : TryCopy(line, delimiter, ref at, ref written, out flaw)))
            {
                return false;
            }

            _bounds[2 * count++ + 1] = written;
            if (at == line.Length)
            {
                break;
            }

            if (line[at++] != delimiter)
            {
                flaw = AfterQuote;
                return false;
            }
        }

        fields = new CsvFields(_unquoted, _bounds.AsSpan(0, 2 * count));
        return true;
    }

    private bool TryUnquote(ReadOnlySpan<byte> line, ref int at, ref int written, out Flaw flaw)
    {
        flaw = Unclosed;
        at++;
        while (at < line.Length)
        {
            var isQuote = line[at] == Quote;
            if (isQuote && (at + 1 == line.Length || line[at + 1] != Quote))
            {
                at++;
                return true;
            }

            _unquoted[written++] = line[at];
            at += isQuote ? 2 : 1;
        }

        return false;
    }

    private bool TryCopy(ReadOnlySpan<byte> line, byte delimiter, ref int at, ref int written, out Flaw flaw)
    {
        var rest = line[at..];
        var length = rest.IndexOf(delimiter);
        var field = length < 0 ? rest : rest[..length];
        flaw = InsideField;
        if (field.IndexOf(Quote) >= 0)
        {
            return false;
        }

        field.CopyTo(_unquoted.AsSpan(written));
        written += field.Length;
        at += field.Length;
        return true;
    }
}
