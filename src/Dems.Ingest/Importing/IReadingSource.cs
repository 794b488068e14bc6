using Dems.Core;
using Dems.Formats;

namespace Dems.Ingest.Importing;

/// <summary>Readings to import that can be read again from the beginning, in the same order every time: resuming depends on it.</summary>
public interface IReadingSource
{
    /// <summary>Name for progress and reports.</summary>
    string Name { get; }

    /// <summary>Names content and reading options: two sources with one id yield the same rows.</summary>
    Task<Hash32> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>Reads everything.</summary>
    IAsyncEnumerable<ImportRow> ReadAsync(CancellationToken cancellationToken);
}
