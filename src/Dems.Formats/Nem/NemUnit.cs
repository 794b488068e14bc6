using Dems.Formats.Text;

namespace Dems.Formats.Nem;

/// <summary>Units of measure of the MDFF.</summary>
internal static class NemUnit
{
    /// <summary>Name of the field.</summary>
    public const string Field = "UOM";

    private static readonly string[] OtherUnits =
    [
        "MVARH", "KVARH", "VARH", "MVAR", "KVAR", "VAR", "MW", "KW", "W", "MVAH", "KVAH", "VAH", "MVA", "KVA", "VA", "KV", "V", "KA", "A", "PF",
    ];

    /// <summary>
    /// The power of ten that makes an energy unit Wh; null when it measures no energy; false when the MDFF has no such unit. Case is ignored, as in
    /// the market.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int? scale)
    {
        Span<char> unit = stackalloc char[5];
        scale = null;
        if (text.Length > unit.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            unit[i] = char.ToUpperInvariant((char)text[i]);
        }

        var name = unit[..text.Length].ToString();
        scale = name switch
        {
            "WH" => EnergyText.Wh,
            "KWH" => EnergyText.KWh,
            "MWH" => EnergyText.MWh,
            _ => null,
        };
        return scale is not null || OtherUnits.Contains(name, StringComparer.Ordinal);
    }
}
