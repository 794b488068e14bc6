using System.Text;
using Dems.Formats.Text;

namespace Dems.Formats.Canonical;

/// <summary>The first row: which column holds which field.</summary>
internal sealed class CanonicalCsvHeader
{
    private readonly CanonicalField[] _columns;

    private CanonicalCsvHeader(byte delimiter, CanonicalField[] columns)
    {
        Delimiter = delimiter;
        _columns = columns;
    }

    /// <summary>Comma or semicolon.</summary>
    public byte Delimiter { get; }

    /// <summary>Number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>The field of a column.</summary>
    public CanonicalField this[int column] => _columns[column];

    /// <summary>Semicolon if the line has one, for no column name does; comma otherwise.</summary>
    public static byte DelimiterOf(ReadOnlySpan<byte> line) => line.Contains((byte)';') ? (byte)';' : (byte)',';

    /// <summary>Reads the header; null with the name at fault and the flaw otherwise.</summary>
    public static CanonicalCsvHeader? Read(ReadOnlySpan<byte> line, out string name, out Flaw flaw)
    {
        var delimiter = DelimiterOf(line);
        name = "";
        if (!new CsvSplitter().TrySplit(line, delimiter, out var names, out flaw))
        {
            return null;
        }

        var columns = new CanonicalField[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            name = Encoding.UTF8.GetString(names.Trimmed(i));
            if (!CanonicalNames.Fields.TryFind(names.Trimmed(i), out columns[i]))
            {
                flaw = new Flaw("this column is not known", CanonicalNames.Fields.Listing);
                return null;
            }

            if (columns.AsSpan(0, i).Contains(columns[i]))
            {
                flaw = new Flaw("this column occurs twice", "keep one of the two");
                return null;
            }
        }

        return IsComplete(columns, out name, out flaw) ? new CanonicalCsvHeader(delimiter, columns) : null;
    }

    private static bool IsComplete(CanonicalField[] columns, out string name, out Flaw flaw) =>
        HasOne(columns, [CanonicalField.MeteringPoint], out name, out flaw)
        && HasOne(columns, [CanonicalField.Register], out name, out flaw)
        && HasOne(columns, [CanonicalField.Start], out name, out flaw)
        && HasOne(columns, [CanonicalField.DurationS, CanonicalField.End], out name, out flaw)
        && HasOne(columns, [CanonicalField.QuantityWh, CanonicalField.QuantityKwh], out name, out flaw);

    private static bool HasOne(CanonicalField[] columns, CanonicalField[] alternatives, out string name, out Flaw flaw)
    {
        var count = alternatives.Count(columns.Contains);
        name = string.Join(" or ", alternatives.Select(CanonicalNames.Fields.NameOf));
        flaw = count == 0
            ? new Flaw("this column is missing", "add it to the header and to every row")
            : new Flaw("both columns are there", "keep one of the two");
        return count == 1;
    }
}
