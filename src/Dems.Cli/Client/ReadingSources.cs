using Dems.Formats;
using Dems.Ingest.Importing;

namespace Dems.Cli.Client;

/// <summary>From paths to what is imported.</summary>
internal static class ReadingSources
{
    /// <summary>The files below some paths, in a fixed order; what is not imported goes to the report. <paramref name="template"/> gives reading options.</summary>
    public static List<IReadingSource> Open(IReadOnlyList<string> paths, RejectReport report, ImportContext? template = null)
    {
        var sources = new List<IReadingSource>();
        foreach (var path in paths)
        {
            var plan = ImportSource.Expand(path, template);
            foreach (var note in plan.Notes)
            {
                report.Add(note);
            }

            sources.AddRange(plan.Files.Select(file => new FileSource(file)));
        }

        report.Flush();
        return sources.Count > 0
            ? sources
            : throw new CommandException(ExitCodes.Usage, $"Nothing to import in {string.Join(", ", paths)}; see {report.FilePath}.");
    }
}
