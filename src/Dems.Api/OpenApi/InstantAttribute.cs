using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>A time in RFC 3339 with its offset.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class InstantAttribute : Attribute, IParameterShape
{
    public void Describe(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.Format = "date-time";
    }
}
