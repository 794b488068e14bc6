using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Dems.Api;

/// <summary>The OpenAPI document's own words. It is the same on every host, so that the committed copy can be compared.</summary>
internal static class OpenApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "DEMS",
                Version = "v1",
                Description = "A member's copy of the ledger of an energy community. Whatever is final carries its proof; nothing here needs to be believed.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
    }
}
