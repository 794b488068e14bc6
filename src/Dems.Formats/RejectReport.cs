using System.Text;

namespace Dems.Formats;

/// <summary>
/// Writes refused and skipped rows as CSV (RFC 4180, UTF-8, header row) to a file beside the output. The file appears with its first row: no file,
/// nothing refused. A report of an earlier run is removed at the start; one writer at a time.
/// </summary>
public sealed class RejectReport : IDisposable
{
    private const string Header = "kind,file,line,field,value,reason,fix";

    private StreamWriter? _writer;

    /// <summary>Begins a report, in a folder that is made if it is not there: what it stands beside may not be written yet.</summary>
    public RejectReport(string path)
    {
        FilePath = path;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.Delete(path);
    }

    /// <summary>Where the report is written.</summary>
    public string FilePath { get; }

    /// <summary>Rows refused so far: somebody should look at them.</summary>
    public long Rejected { get; private set; }

    /// <summary>Rows skipped so far: sound, but no energy.</summary>
    public long Skipped { get; private set; }

    /// <summary>Path of the report that belongs to an output file or folder.</summary>
    public static string PathBeside(string output) => Path.TrimEndingDirectorySeparator(output) + ".rejected.csv";

    /// <summary>Notes a row; an accepted one is none of the report's business and is ignored.</summary>
    public void Add(ImportRow row)
    {
        switch (row)
        {
            case ImportRow.Rejected(var rejected):
                Rejected++;
                Write("rejected", rejected);
                break;
            case ImportRow.Skipped(var skipped):
                Skipped++;
                Write("skipped", skipped);
                break;
        }
    }

    /// <summary>Hands what was written to the operating system, so that the file can be read while the import goes on.</summary>
    public void Flush() => _writer?.Flush();

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private void Write(string kind, RejectedRow row)
    {
        if (_writer is null)
        {
            _writer = new StreamWriter(FilePath, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n" };
            _writer.WriteLine(Header);
        }

        _writer.WriteLine($"{kind},{Quote(row.File)},{row.Line},{Quote(row.Field)},{Quote(row.Value)},{Quote(row.Reason)},{Quote(row.Fix)}");
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
