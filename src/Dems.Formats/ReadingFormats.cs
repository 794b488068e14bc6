using Dems.Formats.Canonical;
using Dems.Formats.CityLearn;
using Dems.Formats.Nem;

namespace Dems.Formats;

/// <summary>The formats that can be imported.</summary>
public static class ReadingFormats
{
    /// <summary>How many bytes of a file detection looks at.</summary>
    public const int HeadLength = 4096;

    /// <summary>All formats, in the order in which detection asks them.</summary>
    public static IReadOnlyList<IReadingFormat> All { get; } =
    [
        new Nem12Format(),
        new Nem13Format(),
        new CityLearnFormat(),
        new CanonicalCsvFormat(),
        new CanonicalJsonLinesFormat(),
    ];

    /// <summary>The format of a file, judged by its name and first bytes; null when none claims it.</summary>
    public static IReadingFormat? Detect(string fileName, ReadOnlySpan<byte> head)
    {
        foreach (var format in All)
        {
            if (format.CanRead(fileName, head))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format of this name; null when there is none.</summary>
    public static IReadingFormat? Named(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));
}
