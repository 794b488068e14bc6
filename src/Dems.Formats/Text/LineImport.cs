using System.Runtime.CompilerServices;

namespace Dems.Formats.Text;

/// <summary>Runs a line parser over a stream.</summary>
internal static class LineImport
{
    public static async IAsyncEnumerable<ImportRow> RunAsync(
        Stream content, ILineParser parser, RowReporter report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(content);
        var rows = new List<ImportRow>();
        while (!parser.Stopped && await lines.NextAsync(cancellationToken))
        {
            if (lines.Number == 1 && IsUtf16(lines.Line))
            {
                yield return report.Reject(0, "", [], "the file is encoded in UTF-16", "save it as UTF-8 and import it again");
                yield break;
            }

            Feed(lines, parser, report, rows);
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }

        parser.End(lines.Number, rows);
        foreach (var row in rows)
        {
            yield return row;
        }
    }

    private static void Feed(LineReader lines, ILineParser parser, RowReporter report, List<ImportRow> rows)
    {
        if (!lines.TooLong)
        {
            parser.Accept(lines.Number, lines.Line, rows);
            return;
        }

        var refusal = report.Reject(
            lines.Number, "", lines.Line, $"the line is longer than {LineReader.MaxLineBytes} bytes", "check whether its line end was lost");
        parser.PassOver(lines.Number, refusal, rows);
    }

    private static bool IsUtf16(ReadOnlySpan<byte> line) =>
        line.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || line.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
}
