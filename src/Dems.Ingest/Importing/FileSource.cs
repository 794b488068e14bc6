using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dems.Core;
using Dems.Formats;

namespace Dems.Ingest.Importing;

/// <summary>A file, named by the hash of its bytes and of the options that it is read with; where it lies does not matter.</summary>
public sealed class FileSource(ImportFile file) : IReadingSource
{
    /// <inheritdoc/>
    public string Name => file.Context.FileName;

    /// <inheritdoc/>
    public async Task<Hash32> IdentifyAsync(CancellationToken cancellationToken)
    {
        await using var content = file.Open();
        var bytes = await SHA256.HashDataAsync(content, cancellationToken);
        return Hash32.Of([.. bytes, .. Encoding.UTF8.GetBytes(Options())]);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ImportRow> ReadAsync(CancellationToken cancellationToken) => file.ReadAsync(cancellationToken);

    /// <summary>All that can change what the same bytes yield. The file's name is part of it, because formats without ids derive theirs from it.</summary>
    private string Options()
    {
        var (context, city) = (file.Context, file.Context.CityLearn);
        string[] parts =
        [
            file.Format.Name,
            context.FileName,
            context.Rounding.ToString(),
            Text(context.Revision),
            city.Dataset,
            .. city.NominalPowerKw.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={Text(p.Value)}"),
            Text(city.StartDate),
            Text(city.UtcOffset),
            Text(city.DeriveGridExchange),
            Text(city.ThermalDemand),
        ];
        return string.Join('\n', parts);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
