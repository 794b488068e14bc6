using System.Text;
using Dems.Core.Energy;

namespace Dems.Formats.Nem;

/// <summary>
/// NMI and suffix as a metering point. The suffix names the stream by a letter (E: energy out of the grid, B: energy into it) and the meter by a
/// digit. The first meter is the connection point itself and keeps the bare NMI, so that its E1 and B1 are two registers of one node; a further meter
/// (E2: often a controlled load) is <c>NMI/2</c>, because two imports of one node in one interval would contradict each other. Basic meters have two
/// digits; theirs is <c>11</c> for the first.
/// </summary>
internal static class NemPoint
{
    /// <summary>Name of the suffix field.</summary>
    public const string SuffixField = "NMISuffix";

    private const int NmiLength = 10;
    private const string EnergyOfOtherMeters = "ACDF";

    /// <summary>Whether the text can be an NMI.</summary>
    public static bool IsNmi(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter))
            {
                return false;
            }
        }

        return text.Length == NmiLength;
    }

    /// <summary>Whether the text can be a suffix.</summary>
    public static bool IsSuffix(ReadOnlySpan<byte> text) =>
        text.Length == 2 && char.IsAsciiLetterOrDigit((char)text[0]) && char.IsAsciiLetterOrDigit((char)text[1]);

    /// <summary>The register of an interval stream; null for one that is not the master stream.</summary>
    public static Register? RegisterOf(ReadOnlySpan<byte> suffix) => suffix[0] switch
    {
        (byte)'E' => Register.Import,
        (byte)'B' => Register.Export,
        _ => null,
    };

    /// <summary>Whether a suffix stands for energy that another stream reports already: check meters, and averages of check and master.</summary>
    public static bool IsCheckStream(ReadOnlySpan<byte> suffix) => EnergyOfOtherMeters.Contains((char)suffix[0]);

    /// <summary>The metering point of an NMI and suffix.</summary>
    public static string MeteringPointOf(ReadOnlySpan<byte> nmi, ReadOnlySpan<byte> suffix)
    {
        var point = Encoding.ASCII.GetString(nmi);
        var isBasic = char.IsAsciiDigit((char)suffix[0]);
        var meter = Encoding.ASCII.GetString(isBasic ? suffix : suffix[1..]);
        return meter is "1" or "11" ? point : $"{point}/{meter}";
    }
}
