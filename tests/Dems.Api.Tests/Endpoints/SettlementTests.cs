using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public sealed class SettlementTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    private const string Chain = "/v1/chains/community";

    [Fact]
    public async Task Settlement_OfAPeriod_ShowsStatementsAndTheRootToApprove()
    {
        var reply = await shared.Edge.GetAsync($"{Chain}/settlement?period=2026-11");

        Assert.Equal((HttpStatusCode.OK, "no-cache"), (reply.Status, reply.Cache));
        Assert.Equal(("2026-11-01/2026-12-01", FakeLedger.Id(1)), (reply.Body.GetProperty("period").GetString(), reply.Body.GetProperty("root").GetString()));
        var statement = Assert.Single(reply.Body.GetProperty("statements").EnumerateArray());
        Assert.Equal((911, 2), (statement.GetProperty("dueUnits").GetInt64(), statement.GetProperty("energy").GetProperty("sharedIn").GetInt64()));
    }

    [Fact]
    public async Task Statement_OfAParty_ComesAloneAndWithItsProof()
    {
        var statement = await shared.Edge.GetAsync($"{Chain}/statements/{FakeSettlement.Party}?period=2026-11");
        var proof = await shared.Edge.GetAsync($"{Chain}/statements/{FakeSettlement.Party}/proof?period=2026-11-01/2026-12-01");

        Assert.Equal("9.11 EUR", statement.Body.GetProperty("due").GetString());
        Assert.Equal([1, 2, 3], proof.Body.GetProperty("proof").GetBytesFromBase64());
        Assert.Equal(statement.Body.GetProperty("hash").GetString(), proof.Body.GetProperty("statement").GetString());
    }

    [Fact]
    public async Task Explanation_OfAnInterval_IsShown()
    {
        var reply = await shared.Edge.GetAsync($"{Chain}/nodes/{FakeSettlement.Party}/why?at=2026-11-01T00:00:00Z");

        Assert.Equal((HttpStatusCode.OK, 900), (reply.Status, reply.Body.GetProperty("durationSeconds").GetInt32()));
        Assert.Equal("not-found", (await shared.Edge.GetAsync($"{Chain}/nodes/{FakeSettlement.Party}/why?at=1970-01-01T00:00:00Z")).Problem);
    }

    [Fact]
    public async Task Replay_UnderAPreset_ShowsBeforeAndAfter()
    {
        using var response = await shared.Edge.Client.PostAsJsonAsync($"{Chain}/whatif?period=2026-11", new { preset = "at-static" }, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, true, 96), (response.StatusCode, body.GetProperty("conserved").GetBoolean(), body.GetProperty("intervals").GetInt32()));
    }

    [Theory]
    [InlineData("/v1/chains/community/settlement", 400, "invalid-parameter")]
    [InlineData("/v1/chains/community/settlement?period=2026-13", 400, "invalid-parameter")]
    [InlineData("/v1/chains/community/settlement?period=2026-11-05/2026-11-05", 400, "invalid-parameter")]
    [InlineData("/v1/chains/community/statements/dems1x?period=2026-11", 400, "invalid-parameter")]
    [InlineData("/v1/chains/community/settlement?period=2026-12", 422, "not-computable")]
    [InlineData("/v1/chains/community/settlement?period=2026-01", 503, "unavailable")]
    [InlineData("/v1/chains/nowhere/settlement?period=2026-11", 404, "not-found")]
    public async Task Settlement_AskedForWrongly_SaysWhy(string path, int status, string problem)
    {
        var reply = await shared.Edge.GetAsync(path);

        Assert.Equal((status, problem), ((int)reply.Status, reply.Problem));
    }
}
