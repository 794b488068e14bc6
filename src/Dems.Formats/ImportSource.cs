using Dems.Formats.CityLearn;

namespace Dems.Formats;

/// <summary>
/// Expands a path into the files to import. The names in reports are relative to the path, with '/', and so the same on every machine.
/// </summary>
public static class ImportSource
{
    private const int MaxDepth = 16;

    /// <summary>Looks at a file, or at all files below a folder. <paramref name="template"/> gives the options; its file name is replaced.</summary>
    public static ImportPlan Expand(string path, ImportContext? template = null)
    {
        template ??= new ImportContext("");
        var files = new List<ImportFile>();
        var notes = new List<ImportRow>();
        if (File.Exists(path))
        {
            Add(path, Path.GetFileName(path), isAskedFor: true);
        }
        else if (Directory.Exists(path))
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = MaxDepth, IgnoreInaccessible = false };
            var below = Directory.EnumerateFiles(path, "*", options)
                .Select(file => (File: file, Name: Path.GetRelativePath(path, file).Replace('\\', '/')));
            foreach (var (file, name) in below.OrderBy(pair => pair.Name, StringComparer.Ordinal))
            {
                Add(file, name, isAskedFor: false);
            }
        }
        else
        {
            notes.Add(new ImportRow.Rejected(new RejectedRow(path, 0, "", "", "there is no such file or folder", "check the path")));
        }

        return new ImportPlan(files, notes);

        void Add(string file, string name, bool isAskedFor)
        {
            if (!TryDetect(file, out var format, out var fault))
            {
                notes.Add(new ImportRow.Rejected(new RejectedRow(name, 0, "", "", $"the file cannot be read: {fault}", "check its permissions")));
                return;
            }

            var context = template with { FileName = name };
            if (format is null)
            {
                var row = new RejectedRow(name, 0, "", "", "no known format of meter readings", "see docs/import.md for the formats");
                notes.Add(isAskedFor ? new ImportRow.Rejected(row) : new ImportRow.Skipped(row));
            }
            else if (format is not CityLearnFormat)
            {
                files.Add(new ImportFile(file, format, context));
            }
            else if (CityLearnFolder.TryComplete(
                Path.GetDirectoryName(Path.GetFullPath(file))!, template.CityLearn, out var options, out var problem))
            {
                files.Add(new ImportFile(file, format, context with { CityLearn = options }));
            }
            else
            {
                notes.Add(new ImportRow.Rejected(problem with { File = name }));
            }
        }
    }

    private static bool TryDetect(string file, out IReadingFormat? format, out string fault)
    {
        (format, fault) = (null, "");
        try
        {
            var head = new byte[ReadingFormats.HeadLength];
            using var stream = File.OpenRead(file);
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            format = ReadingFormats.Detect(Path.GetFileName(file), head.AsSpan(0, length));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            fault = exception.Message;
            return false;
        }
    }
}
