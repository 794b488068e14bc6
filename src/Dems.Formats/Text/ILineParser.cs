namespace Dems.Formats.Text;

/// <summary>The rules of one format over the lines of one file: no I/O, and what one line adds to the output is bounded.</summary>
internal interface ILineParser
{
    /// <summary>True once the rest of the file cannot be understood (a header that makes no sense).</summary>
    bool Stopped { get; }

    /// <summary>Takes the next line and adds what it yields.</summary>
    void Accept(long number, ReadOnlySpan<byte> line, List<ImportRow> rows);

    /// <summary>Takes note of a line that was too long to be read, and adds its refusal.</summary>
    void PassOver(long number, ImportRow refusal, List<ImportRow> rows);

    /// <summary>Adds what the end of the file reveals; <paramref name="number"/> is that of the last line.</summary>
    void End(long number, List<ImportRow> rows);
}
