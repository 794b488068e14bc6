using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>Says in the OpenAPI document what a parameter's text must look like. Parameters arrive as text so that problems can name them.</summary>
internal interface IParameterShape
{
    /// <summary>Whether it must be given, although it arrives as text that may be absent.</summary>
    bool Required => false;

    /// <summary>Writes it into the parameter's schema.</summary>
    void Describe(OpenApiSchema schema);
}
