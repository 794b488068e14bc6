using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>The project's own CSV, described in docs/import.md: a header row that names the columns, one reading per row.</summary>
public sealed class CanonicalCsvFormat : IReadingFormat
{
    /// <summary>
    /// How many of its column names a first line must have to be taken for this format: two, so that a mistyped one is reported rather than the file
    /// not known.
    /// </summary>
    private const int TellingColumns = 2;

    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head)
    {
        var end = head.IndexOfAny((byte)'\r', (byte)'\n');
        var header = end < 0 ? head : head[..end];
        header = header.StartsWith("\uFEFF"u8) ? header[3..] : header;
        if (!new CsvSplitter().TrySplit(header, CanonicalCsvHeader.DelimiterOf(header), out var names, out _))
        {
            return false;
        }

        var known = 0;
        for (var i = 0; i < names.Count; i++)
        {
            known += CanonicalNames.Fields.TryFind(names.Trimmed(i), out _) ? 1 : 0;
        }

        return known >= TellingColumns;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default)
    {
        var report = new RowReporter(context.FileName);
        return LineImport.RunAsync(content, new CanonicalCsvParser(context, report), report, cancellationToken);
    }
}
