using System.Text.Json;

namespace Dems.Grains.Settlement;

/// <summary>Names of carriers, kinds and payees as the API writes them, such as <c>internal_price</c>.</summary>
internal static class EnumWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
