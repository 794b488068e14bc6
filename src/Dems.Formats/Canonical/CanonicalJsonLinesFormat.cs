using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>The project's own JSON Lines, described in docs/import.md: one object per line with the members of the canonical CSV's columns.</summary>
public sealed class CanonicalJsonLinesFormat : IReadingFormat
{
    /// <inheritdoc/>
    public string Name => "jsonl";

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head)
    {
        var text = (head.StartsWith("\uFEFF"u8) ? head[3..] : head).TrimStart(" \t\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        var isNamedSo = Path.GetExtension(fileName).ToLowerInvariant() is ".jsonl" or ".ndjson";
        return line.StartsWith("{"u8) && (isNamedSo || line.IndexOf("\"metering_point\""u8) > 0);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default)
    {
        var report = new RowReporter(context.FileName);
        return LineImport.RunAsync(content, new CanonicalJsonLinesParser(context, report), report, cancellationToken);
    }
}
