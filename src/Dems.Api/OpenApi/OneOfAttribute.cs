using System.Text.Json.Nodes;
using Dems.Api.Endpoints;
using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>One of some words.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class OneOfAttribute(params string[] words) : Attribute, IParameterShape
{
    /// <summary>The words of an enumeration.</summary>
    public OneOfAttribute(Type names)
        : this([.. Enum.GetNames(names).Select(Words.Of)])
    {
    }

    public void Describe(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))];
    }
}
