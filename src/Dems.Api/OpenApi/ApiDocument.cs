using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dems.Api.OpenApi;

/// <summary>The OpenAPI document's own words. It is the same on every host, so that the committed copy can be compared.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddOperationTransformer(DescribeParametersAsync);
        options.AddSchemaTransformer(NameTypesAsync);
        options.AddDocumentTransformer(IntroduceAsync);
    }

    private static Task IntroduceAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DEMS",
            Version = "v1",
            Description = "A member's edge to the ledger of an energy community: signed readings in, final blocks and proofs out. Hashes are hexadecimal, addresses bech32, " +
                "times RFC 3339 in UTC. Every failure is application/problem+json (RFC 9457); docs/api.md lists the types.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [];
        return Task.CompletedTask;
    }

    // What a converter writes has no type of its own in a generated schema. Times and words are strings.
    private static Task NameTypesAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (type == typeof(DateTimeOffset) || type.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (type == typeof(DateTimeOffset?))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Null;
        }

        return Task.CompletedTask;
    }

    private static Task DescribeParametersAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var description in context.Description.ParameterDescriptions)
        {
            var shape = (description.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo
                .GetCustomAttributes(inherit: false).OfType<IParameterShape>().FirstOrDefault();
            var parameter = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(p => string.Equals(p.Name, description.Name, StringComparison.Ordinal));
            if (shape is not null && parameter is not null)
            {
                var schema = new OpenApiSchema();
                shape.Describe(schema);
                parameter.Schema = schema;
                parameter.Required |= shape.Required;
            }
        }

        return Task.CompletedTask;
    }
}
