namespace Dems.Formats.Text;

/// <summary>The fields of one line, unquoted; valid while the line and its splitter are.</summary>
internal readonly ref struct CsvFields(ReadOnlySpan<byte> text, ReadOnlySpan<int> bounds)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<int> _bounds = bounds;

    /// <summary>The bytes that the ranges of <see cref="RangeOf"/> cut.</summary>
    public ReadOnlySpan<byte> Text => _text;

    public int Count => _bounds.Length / 2;

    public ReadOnlySpan<byte> this[int index] => _text[_bounds[2 * index].._bounds[2 * index + 1]];

    public Range RangeOf(int index) => _bounds[2 * index].._bounds[2 * index + 1];

    /// <summary>The field without blanks around it; empty when the line has no such field.</summary>
    public ReadOnlySpan<byte> Trimmed(int index) => index < Count ? this[index].Trim((byte)' ') : [];
}
