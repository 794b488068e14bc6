using System.Text;

namespace Dems.Formats.Tests;

/// <summary>Runs a format over text or a file and sorts what comes out.</summary>
internal static class Reader
{
    public static Task<Outcome> ReadAsync(IReadingFormat format, string text, ImportContext? context = null) =>
        ReadAsync(format, new MemoryStream(Encoding.UTF8.GetBytes(text)), context ?? new ImportContext("test"));

    public static async Task<Outcome> ReadAsync(IReadingFormat format, Stream content, ImportContext context)
    {
        var outcome = new Outcome([], [], []);
        await foreach (var row in format.ReadAsync(content, context, TestContext.Current.CancellationToken))
        {
            outcome.Add(row);
        }

        return outcome;
    }

    internal sealed record Outcome(List<ImportedReading> Accepted, List<RejectedRow> Rejected, List<RejectedRow> Skipped)
    {
        public void Add(ImportRow row)
        {
            switch (row)
            {
                case ImportRow.Accepted(var reading):
                    Accepted.Add(reading);
                    break;
                case ImportRow.Rejected(var rejected):
                    Rejected.Add(rejected);
                    break;
                case ImportRow.Skipped(var skipped):
                    Skipped.Add(skipped);
                    break;
            }
        }
    }
}
