using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>
/// NEM12, interval data of the Australian market (AEMO, Meter Data File Format Specification). What is taken of it: docs/import.md.
/// </summary>
public sealed class Nem12Format : IReadingFormat
{
    /// <inheritdoc/>
    public string Name => "nem12";

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head)
    {
        var start = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        return start.StartsWith("100,NEM12"u8)
            || start.StartsWith("200,"u8)
            || (start.StartsWith("100,"u8) && fileName.StartsWith("NEM12", StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default)
    {
        var report = new RowReporter(context.FileName);
        return LineImport.RunAsync(content, new Nem12Parser(context, report), report, cancellationToken);
    }
}
