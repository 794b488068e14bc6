namespace Dems.Formats.Canonical;

/// <summary>The values of one row as text, by field; an empty value counts as absent.</summary>
internal readonly ref struct CanonicalFields(ReadOnlySpan<byte> text, ReadOnlySpan<Range> ranges)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly ReadOnlySpan<Range> _ranges = ranges;

    public ReadOnlySpan<byte> this[CanonicalField field] => _text[_ranges[(int)field]];
}
