using System.Runtime.CompilerServices;

namespace Dems.Formats;

/// <summary>A file to import, with the format that claims it.</summary>
public sealed record ImportFile(string Path, IReadingFormat Format, ImportContext Context)
{
    /// <summary>Opens the file for one sequential pass.</summary>
    public FileStream Open() => new(Path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite,
        BufferSize = 0,
        Options = FileOptions.SequentialScan | FileOptions.Asynchronous,
    });

    /// <summary>Reads the file from its beginning.</summary>
    public async IAsyncEnumerable<ImportRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var content = Open();
        await foreach (var row in Format.ReadAsync(content, Context, cancellationToken))
        {
            yield return row;
        }
    }
}
