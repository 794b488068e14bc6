using System.Text;

namespace Dems.Formats.Text;

/// <summary>Makes the rejected rows of one file.</summary>
internal sealed class RowReporter(string file)
{
    public ImportRow Reject(long line, string field, ReadOnlySpan<byte> value, Flaw flaw) => new ImportRow.Rejected(Row(line, field, value, flaw));

    public ImportRow Reject(long line, string field, ReadOnlySpan<byte> value, string reason, string fix) =>
        Reject(line, field, value, new Flaw(reason, fix));

    public ImportRow.Skipped Skip(long line, string field, ReadOnlySpan<byte> value, string reason, string fix) =>
        new ImportRow.Skipped(Row(line, field, value, new Flaw(reason, fix)));

    private RejectedRow Row(long line, string field, ReadOnlySpan<byte> value, Flaw flaw) =>
        new(file, line, field, Excerpt(value), flaw.Reason, flaw.Fix);

    private static string Excerpt(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * RejectedRow.MaxValueLength)]);
        return text.Length > RejectedRow.MaxValueLength ? text[..RejectedRow.MaxValueLength] : text;
    }
}
