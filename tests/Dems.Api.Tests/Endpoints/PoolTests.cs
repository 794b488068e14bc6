using System.Net;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class PoolTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Pool_ByName_IsShownInWords()
    {
        var reply = await shared.Edge.GetAsync("/v1/pools/community");

        var policy = Assert.Single(reply.Body.GetProperty("policies").EnumerateArray());
        Assert.Equal(("natural_gas", "equal_with_caps", "pro_rata"), (policy.GetProperty("carrier").GetString(), policy.GetProperty("rule").GetString(), policy.GetProperty("producers").GetString()));
        Assert.Equal(12, reply.Body.GetProperty("balance").GetProperty("allocated").GetInt64());
        Assert.True((await shared.Edge.GetAsync("/v1/pools/community/balance")).Body.GetProperty("isConserved").GetBoolean());
    }

    [Theory]
    [InlineData("nodes", 1, FakePool.Nodes, "meteringPoint")]
    [InlineData("nodes", 2, FakePool.Nodes, "meteringPoint")]
    [InlineData("nodes", 5, FakePool.Nodes, "meteringPoint")]
    [InlineData("intervals", 1, FakePool.Intervals, "start")]
    [InlineData("intervals", 3, FakePool.Intervals, "start")]
    [InlineData("intervals", 4, FakePool.Intervals, "start")]
    public async Task List_PageByPage_HasEverythingOnce(string list, int limit, int count, string name)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var reply = await shared.Edge.GetAsync($"/v1/pools/community/{list}?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(reply.Items.Count(), 1, limit);
            found.AddRange(reply.Items.Select(item => item.GetProperty(name).GetString()!));
            cursor = reply.Next;
        }
        while (cursor is not null);

        Assert.Equal(count, found.Count);
        Assert.Equal(found.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), found, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Intervals_FromTo_AreThoseThatStartBetween()
    {
        var reply = await shared.Edge.GetAsync("/v1/pools/community/intervals?from=1970-01-01T00:15:00Z&to=1970-01-01T00:45:00Z");

        Assert.Equal(["1970-01-01T00:15:00Z", "1970-01-01T00:30:00Z"], reply.Items.Select(item => item.GetProperty("start").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Interval_ByItsStart_HasItsNodes()
    {
        var reply = await shared.Edge.GetAsync("/v1/pools/community/intervals/1970-01-01T00:00:00Z");

        Assert.Equal(4, Assert.Single(reply.Body.GetProperty("nodes").EnumerateArray()).GetProperty("amounts").GetProperty("allocated").GetInt64());
    }

    [Fact]
    public async Task Missing_OfSomeDays_NamesRegistersInWords()
    {
        var reply = await shared.Edge.GetAsync("/v1/pools/community/missing?days=3");

        var item = Assert.Single(reply.Items);
        Assert.Equal(("state_of_charge", 3), (item.GetProperty("register").GetString(), item.GetProperty("intervals").GetInt32()));
    }

    [Theory]
    [InlineData("/v1/pools/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/nowhere/balance", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/nowhere/nodes", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/nowhere/intervals", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/nowhere/intervals/1970-01-01T00:00:00Z", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/nowhere/missing", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/community/intervals/1970-01-01T00:01:00Z", HttpStatusCode.NotFound)]
    [InlineData("/v1/pools/community/intervals/noon", HttpStatusCode.BadRequest)]
    [InlineData("/v1/pools/community/intervals?carrier=steam", HttpStatusCode.BadRequest)]
    [InlineData("/v1/pools/community/intervals?cursor=AAAA", HttpStatusCode.BadRequest)]
    [InlineData("/v1/pools/community/nodes?cursor=AAAA", HttpStatusCode.BadRequest)]
    [InlineData("/v1/pools/community/nodes?limit=1001", HttpStatusCode.BadRequest)]
    [InlineData("/v1/pools/community/missing?days=32", HttpStatusCode.BadRequest)]
    public async Task Question_ThatHasNoAnswer_IsAProblem(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await shared.Edge.GetAsync(path)).Status);
}
