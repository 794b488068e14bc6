using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>
/// NEM13, accumulated data of the Australian market (AEMO, Meter Data File Format Specification): one reading from each pair of reads.
/// </summary>
public sealed class Nem13Format : IReadingFormat
{
    /// <inheritdoc/>
    public string Name => "nem13";

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head)
    {
        var start = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        return start.StartsWith("100,NEM13"u8)
            || start.StartsWith("250,"u8)
            || (start.StartsWith("100,"u8) && fileName.StartsWith("NEM13", StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default)
    {
        var report = new RowReporter(context.FileName);
        return LineImport.RunAsync(content, new Nem13Parser(context, report), report, cancellationToken);
    }
}
