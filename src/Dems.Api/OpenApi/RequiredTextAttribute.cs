using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>Text that must be given and is not empty.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class RequiredTextAttribute : Attribute, IParameterShape
{
    public bool Required => true;

    public void Describe(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.String;
        schema.MinLength = 1;
    }
}
