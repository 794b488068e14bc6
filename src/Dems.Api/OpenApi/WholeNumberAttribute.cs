using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>A whole number in decimal digits.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class WholeNumberAttribute(long min) : Attribute, IParameterShape
{
    private readonly long? _max;
    private readonly long? _fallback;

    /// <summary>With an upper bound and a default.</summary>
    public WholeNumberAttribute(long min, long max, long fallback)
        : this(min)
    {
        (_max, _fallback) = (max, fallback);
    }

    public bool Required { get; init; }

    public void Describe(OpenApiSchema schema)
    {
        schema.Type = JsonSchemaType.Integer;
        schema.Format = "int64";
        schema.Minimum = min.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = _max?.ToString(CultureInfo.InvariantCulture);
        schema.Default = _fallback is { } fallback ? JsonValue.Create(fallback) : null;
    }
}
