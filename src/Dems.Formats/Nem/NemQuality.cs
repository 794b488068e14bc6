using Dems.Core.Energy;

namespace Dems.Formats.Nem;

/// <summary>Quality methods of the MDFF: a letter, for E, F and S followed by the number of the method, which the ledger does not keep.</summary>
internal static class NemQuality
{
    /// <summary>Name of the field.</summary>
    public const string Field = "QualityMethod";

    /// <summary>Reads a quality method; false when it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out NemFlag flag)
    {
        flag = default;
        if (text.IsEmpty || text.Length > 3 || text[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        flag = (NemFlag)text[0];
        return flag switch
        {
            NemFlag.Actual or NemFlag.Null or NemFlag.Variable => text.Length == 1,
            NemFlag.Estimated or NemFlag.FinalSubstitute or NemFlag.Substituted => true,
            _ => false,
        };
    }

    /// <summary>What the ledger calls it; only for flags that stand for a value.</summary>
    public static Quality ToQuality(NemFlag flag) => flag switch
    {
        NemFlag.Actual => Quality.Measured,
        NemFlag.Substituted or NemFlag.FinalSubstitute => Quality.Substituted,
        NemFlag.Estimated => Quality.Estimated,
        _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, "This flag stands for no value."),
    };

    /// <summary>The quality of a difference between two reads: the worse of the two.</summary>
    public static Quality Worse(NemFlag first, NemFlag second) => (Quality)Math.Max((int)ToQuality(first), (int)ToQuality(second));
}
