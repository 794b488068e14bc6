using System.Net;
using Dems.Core.Energy;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

/// <summary>Parameters are understood completely or refused by name.</summary>
public class ParameterTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Theory]
    [InlineData("/v1/nodes?limit=0", "limit")]
    [InlineData("/v1/nodes?limit=1001", "limit")]
    [InlineData("/v1/nodes?limit=+5", "limit")]
    [InlineData("/v1/nodes?limit=5.0", "limit")]
    [InlineData("/v1/nodes?limit=", "limit")]
    [InlineData("/v1/nodes?limit=99999999999999999999", "limit")]
    [InlineData("/v1/nodes?limit=1&limit=2", "limit")]
    [InlineData("/v1/nodes?limits=1", "limits")]
    [InlineData("/v1/nodes?cursor=abc", "cursor")]
    [InlineData("/v1/nodes?cursor=%00", "cursor")]
    [InlineData("/v1/members?all=true", "all")]
    [InlineData("/v1/nodes/nobody", "address")]
    [InlineData("/v1/nodes/NODE/readings?from=yesterday", "from")]
    [InlineData("/v1/nodes/NODE/readings?from=2026-01-31", "from")]
    [InlineData("/v1/nodes/NODE/readings?from=2026-01-31T00:00:00", "from")]
    [InlineData("/v1/nodes/NODE/readings?from=2026-01-31T00:00:00.5Z", "from")]
    [InlineData("/v1/nodes/NODE/readings?to=2026-01-31T00:00:00+01:00", "to")]
    [InlineData("/v1/nodes/NODE/readings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "to")]
    [InlineData("/v1/nodes/NODE/readings?register=1", "register")]
    [InlineData("/v1/nodes/NODE/readings?register=Import", "register")]
    [InlineData("/v1/nodes/NODE/readings?revisions=true", "revisions")]
    [InlineData("/v1/nodes/NODE/readings?plausibility=no", "plausibility")]
    [InlineData("/v1/nodes/NODE/readings?plausibility=", "plausibility")]
    [InlineData("/v1/nodes/NODE/readings?limit=10001", "limit")]
    [InlineData("/v1/chains/community/blocks/0", "height")]
    [InlineData("/v1/chains/community/blocks/last", "height")]
    [InlineData("/v1/chains/community/entries/-1", "entry")]
    [InlineData("/v1/chains/community/entries/abcdef", "entry")]
    [InlineData("/v1/chains/community/node", "meteringPoint")]
    [InlineData("/v1/chains/community/node?meteringPoint=", "meteringPoint")]
    [InlineData("/v1/chains/community/proofs/inclusion", "index")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=-1", "index")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=4&size=4", "index")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=4&size=0", "size")]
    [InlineData("/v1/chains/community/proofs/consistency?to=4", "from")]
    [InlineData("/v1/chains/community/proofs/consistency?from=0&to=4", "from")]
    [InlineData("/v1/chains/community/proofs/consistency?from=5&to=4", "from")]
    public async Task Get_WrongParameter_IsNamed(string path, string parameter)
    {
        var edge = shared.Edge;

        var reply = await edge.GetAsync(path.Replace("NODE", edge.Ledger.Addresses[0].ToString(), StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-parameter"), (reply.Status, reply.Problem));
        Assert.Equal(parameter, reply.Body.GetProperty("parameter").GetString());
        Assert.StartsWith(parameter + ": ", reply.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("no-store", reply.Cache);
    }

    [Fact]
    public async Task Get_OffsetWithUnescapedPlus_SaysHowToWriteIt()
    {
        var edge = shared.Edge;

        var reply = await edge.GetAsync($"/v1/nodes/{edge.Ledger.Addresses[0]}/readings?from=2026-01-31T00:00:00+01:00");

        Assert.Contains("%2B", reply.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chains/other/head", "pool")]
    [InlineData("/v1/chains/other/blocks/1", "pool")]
    [InlineData("/v1/chains/other/entries/1", "pool")]
    [InlineData("/v1/chains/other/proofs/inclusion?index=1", "pool")]
    [InlineData("/v1/chains/other/proofs/consistency?from=1", "pool")]
    [InlineData("/v1/chains/other/node?meteringPoint=AT001", "pool")]
    [InlineData("/v1/chains/community/node?meteringPoint=AT002", "node")]
    [InlineData("/v1/chains/community/blocks/7", "block")]
    [InlineData("/v1/chains/community/entries/53", "entry")]
    [InlineData("/v1/chains/community/entries/0000000000000000000000000000000000000000000000000000000000000000", "entry")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=53", "proof")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=1&size=54", "proof")]
    [InlineData("/v1/chains/community/proofs/consistency?from=1&to=54", "proof")]
    [InlineData("/v1/nodes/NOBODY", "node")]
    [InlineData("/v1/nodes/NOBODY/readings", "node")]
    public async Task Get_WhatIsNotThere_IsNotFound(string path, string resource)
    {
        var edge = shared.Edge;
        var nobody = new NodeAddress(new byte[NodeAddress.Size]).ToString();

        var reply = await edge.GetAsync(path.Replace("NOBODY", nobody, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.NotFound, "not-found"), (reply.Status, reply.Problem));
        Assert.Equal(resource, reply.Body.GetProperty("resource").GetString());
    }

    [Theory]
    [InlineData("GET", "/v2/members", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/v1/members", HttpStatusCode.MethodNotAllowed)]
    public async Task Request_NoSuchEndpoint_IsAProblemToo(string method, string path, HttpStatusCode status)
    {
        var edge = shared.Edge;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await edge.Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_QueriesFail_TellsTheCallerNothingOfTheCause()
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Fault = new InvalidOperationException("/secret/path");

        var reply = await edge.GetAsync("/v1/chains/community/head");

        Assert.Equal((HttpStatusCode.InternalServerError, "fault"), (reply.Status, reply.Problem));
        Assert.DoesNotContain("secret", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_QueriesTimeOut_SaysWhenToTryAgain()
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Fault = new TimeoutException();

        var reply = await edge.GetAsync("/v1/chains/community/head");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (reply.Status, reply.Problem));
        Assert.NotNull(reply.RetryAfter);
    }
}
