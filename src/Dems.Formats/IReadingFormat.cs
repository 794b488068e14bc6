namespace Dems.Formats;

/// <summary>
/// A file format that holds meter readings. Implementations are stateless; reading is a single pass in bounded memory, whatever the size of the file.
/// Bad content never throws: it becomes a <see cref="ImportRow.Rejected"/>, and reading goes on with the next row that can be understood.
/// </summary>
public interface IReadingFormat
{
    /// <summary>Short name for options and reports, lower case.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a file looks like this format, judged by its name and its first <see cref="ReadingFormats.HeadLength"/> bytes (fewer when it is
    /// shorter).
    /// </summary>
    bool CanRead(string fileName, ReadOnlySpan<byte> head);

    /// <summary>Reads everything. The stream stays open.</summary>
    IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default);
}
