using System.Text.Json;

namespace Dems.Api.Endpoints;

/// <summary>Names of registers, qualities, carriers and kinds as the API writes them: as the canonical file formats do, such as <c>state_of_charge</c>.</summary>
internal static class Words
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
