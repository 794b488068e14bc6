using System.Text.Json;
using Xunit;

namespace Dems.Api.Tests.OpenApi;

/// <summary>The OpenAPI document is complete, and the committed copy is the one that is served.</summary>
public class DocumentTests
{
    private const string Regenerate = "DEMS_WRITE_OPENAPI=1 dotnet run --project tests/Dems.Api.Tests -- -class Dems.Api.Tests.OpenApi.DocumentTests";

    [Fact]
    public async Task Document_CommittedCopy_IsWhatIsServed()
    {
        var path = Path.Combine(Repository.Root, "docs", "openapi.json");
        await using var edge = await ApiEdge.StartAsync();
        var served = (await edge.GetAsync("/openapi/v1.json")).Text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("DEMS_WRITE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(path, served);
        }

        var committed = File.Exists(path) ? await File.ReadAllTextAsync(path) : "";

        Assert.True(string.Equals(committed.ReplaceLineEndings("\n"), served, StringComparison.Ordinal), $"docs/openapi.json differs from /openapi/v1.json. If the change is wanted: {Regenerate}");
    }

    [Fact]
    public async Task Document_EveryOperation_IsDescribed()
    {
        await using var edge = await ApiEdge.StartAsync();
        var document = (await edge.GetAsync("/openapi/v1.json")).Body;

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => (path.Name, o.Value))).ToList();
        Assert.NotEmpty(operations);
        Assert.All(operations, operation =>
        {
            var (path, value) = operation;
            Assert.All(["operationId", "summary", "description"], property => Assert.False(string.IsNullOrWhiteSpace(Text(value, property)), $"{path}: no {property}"));
            if (value.TryGetProperty("parameters", out var parameters))
            {
                Assert.All(parameters.EnumerateArray(), p => Assert.False(string.IsNullOrWhiteSpace(Text(p, "description")), $"{path}: {Text(p, "name")} is not described"));
            }

            var responses = value.GetProperty("responses").EnumerateObject().ToList();
            Assert.Contains(responses, r => r.Name == "200");
            Assert.All(responses.Where(r => r.Name.StartsWith('4') || r.Name.StartsWith('5')), r => Assert.True(r.Value.GetProperty("content").TryGetProperty("application/problem+json", out _)));
            if (path.StartsWith("/v1/", StringComparison.Ordinal))
            {
                Assert.Contains(responses, r => r.Name == "400");
            }
        });
    }

    [Fact]
    public async Task Document_EveryProperty_HasATypeAndADescription()
    {
        await using var edge = await ApiEdge.StartAsync();
        var schemas = (await edge.GetAsync("/openapi/v1.json")).Body.GetProperty("components").GetProperty("schemas");

        var bare = schemas.EnumerateObject()
            .Where(schema => schema.Name != "ProblemDetails" && schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject()
                .Where(p => !HasType(p.Value) || !IsDescribed(p.Value))
                .Select(p => $"{schema.Name}.{p.Name}: {p.Value.GetRawText()}"));

        Assert.Empty(bare);
    }

    private static bool HasType(JsonElement schema) => schema.TryGetProperty("type", out _) || schema.TryGetProperty("$ref", out _) || schema.TryGetProperty("oneOf", out _);

    // "This or null" has no place for words of its own; what it points to has.
    private static bool IsDescribed(JsonElement schema) => Text(schema, "description") is not null || schema.TryGetProperty("oneOf", out _);

    private static string? Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.GetString() : null;
}
