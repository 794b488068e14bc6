using Dems.Formats.Text;

namespace Dems.Formats.CityLearn;

/// <summary>
/// Building files of the CityLearn challenges: one row per hour without a time stamp, load in kWh, PV in <b>W per kW of installed power</b>.
/// Quantities are computed in decimal arithmetic and rounded to whole Wh, half to even.
/// </summary>
public sealed class CityLearnFormat : IReadingFormat
{
    /// <inheritdoc/>
    public string Name => "citylearn";

    /// <inheritdoc/>
    public bool CanRead(string fileName, ReadOnlySpan<byte> head)
    {
        var end = head.IndexOfAny((byte)'\r', (byte)'\n');
        return CityLearnHeader.Read(end < 0 ? head : head[..end], out _, out _) is not null;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(Stream content, ImportContext context, CancellationToken cancellationToken = default)
    {
        var report = new RowReporter(context.FileName);
        return LineImport.RunAsync(content, new CityLearnParser(context, report), report, cancellationToken);
    }
}
