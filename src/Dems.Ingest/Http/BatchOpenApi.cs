using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dems.Ingest.Http;

/// <summary>What the types of the endpoint cannot say in the OpenAPI document: its binary body and the words of its parameter.</summary>
internal static class BatchOpenApi
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "Signed messages, one after the other.",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [CoseMediaTypes.Cose] = new() { Schema = Binary("One COSE_Sign1 message (tag 18), or several one after the other.") },
                [CoseMediaTypes.CborSequence] = new() { Schema = Binary("A CBOR sequence of COSE_Sign1 messages (tag 18).") },
            },
        };
        foreach (var parameter in operation.Parameters ?? [])
        {
            if (parameter is OpenApiParameter { Name: "wait" } wait)
            {
                wait.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["promise", "local", "final"], Default = "promise" };
            }
        }

        if (operation.Responses?.TryGetValue("200", out var final) == true && final.Content is { } content)
        {
            content[CoseMediaTypes.CborSequence] = new() { Schema = Binary("With `wait=final` and all entries applied: their receipts, one after the other.") };
        }

        return Task.CompletedTask;
    }

    private static OpenApiSchema Binary(string description) => new() { Type = JsonSchemaType.String, Format = "binary", Description = description };
}
