using System.Net;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class ReceiptTests
{
    private const string Path = "/v1/chains/community/entries/12/receipt";

    [Theory]
    [InlineData(null, "application/cbor", 1)]
    [InlineData("*/*", "application/cbor", 1)]
    [InlineData("application/*", "application/cbor", 1)]
    [InlineData("application/cose", "application/cose", 2)]
    [InlineData("application/cose;q=0.5, application/cbor;q=0.4", "application/cose", 2)]
    [InlineData("text/html", "application/cbor", 1)]
    public async Task Receipt_ByAccept_ComesInTheFormThatIsPreferred(string? accept, string mediaType, byte first)
    {
        await using var edge = await ApiEdge.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using var response = await edge.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(first, (await response.Content.ReadAsByteArrayAsync())[0]);
        Assert.Equal("Accept", Assert.Single(response.Headers.Vary));
    }

    [Fact]
    public async Task Receipt_AsJson_HoldsBothFormsInBase64()
    {
        await using var edge = await ApiEdge.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Accept.ParseAdd("application/json");

        using var response = await edge.Client.SendAsync(request);

        Assert.Equal($$"""{"content":"{{FakeLedger.Id(3)}}","receipt":"AQA=","statement":"Ag=="}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Receipt_OfOneReading_IsAskedForByRegisterAndStart()
    {
        await using var edge = await ApiEdge.StartAsync();
        var start = FakeLedger.Rfc3339(FakeLedger.FirstStart);

        Assert.Equal([1, 1], await edge.Client.GetByteArrayAsync($"{Path}?register=import&start={start}"));
        Assert.Equal("not-found", (await edge.GetAsync($"{Path}?register=export&start={start}")).Problem);
    }

    [Theory]
    [InlineData("/v1/chains/community/entries/12/receipt?register=import", "invalid-parameter")]
    [InlineData("/v1/chains/community/entries/12/receipt?start=2026-01-31T23:00:00Z", "invalid-parameter")]
    [InlineData("/v1/chains/community/entries/12/receipt?register=imports&start=2026-01-31T23:00:00Z", "invalid-parameter")]
    [InlineData("/v1/chains/community/entries/12/receipt?index=3", "invalid-parameter")]
    [InlineData("/v1/chains/community/entries/x/receipt", "invalid-parameter")]
    [InlineData("/v1/chains/elsewhere/entries/12/receipt", "not-found")]
    [InlineData("/v1/chains/community/entries/99/receipt", "not-found")]
    [InlineData("/v1/chains/community/entries/52/receipt", "unavailable")]
    public async Task Receipt_ThatThereIsNot_SaysWhy(string path, string problem)
    {
        await using var edge = await ApiEdge.StartAsync();

        Assert.Equal(problem, (await edge.GetAsync(path)).Problem);
    }
}
