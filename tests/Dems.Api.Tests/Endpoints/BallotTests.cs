using System.Net;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class BallotTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Governance_OfAPool_IsShownInWords()
    {
        var reply = await shared.Edge.GetAsync("/v1/chains/community/governance");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("per_party", reply.Body.GetProperty("weights").GetString());
        Assert.Equal(666_667, reply.Body.GetProperty("thresholdPpm").GetInt32());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Ballots_PageByPage_AreAllOfThemOnceNewestFirst(int limit)
    {
        var found = new List<long>();
        string? cursor = null;
        do
        {
            var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots?limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.InRange(reply.Items.Count(), 1, limit);
            found.AddRange(reply.Items.Select(item => item.GetProperty("number").GetInt64()));
            cursor = reply.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Range(0, FakeBallots.Count).Reverse().Select(i => (long)i), found);
    }

    [Fact]
    public async Task Ballot_ById_IsShownInWords()
    {
        var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots/{FakeLedger.Id(2)}");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("time_zones", reply.Body.GetProperty("kind").GetString());
        Assert.Equal("rejected", reply.Body.GetProperty("phase").GetString());
        Assert.Equal("rejected_threshold", reply.Body.GetProperty("decision").GetString());
        Assert.Equal("per_member", reply.Body.GetProperty("rule").GetProperty("weights").GetString());
    }

    [Fact]
    public async Task Elector_OfAnOpenBallot_IsShownWithItsVote()
    {
        var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots/{FakeLedger.Id(0)}/electors/{FakeBallots.Elector}");

        Assert.Equal("abstain", reply.Body.GetProperty("choice").GetString());
        Assert.Equal(1, reply.Body.GetProperty("weight").GetInt64());
    }

    [Fact]
    public async Task Tally_OfACountedBallot_ComesWithItsProof()
    {
        var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots/{FakeLedger.Id(0)}/tally");

        Assert.Equal((9, "Ag=="), (reply.Body.GetProperty("height").GetInt64(), reply.Body.GetProperty("proof").GetString()));
        Assert.Contains("immutable", reply.Cache, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tally_ThatIsNotCertifiedYet_IsToBeAskedForAgain()
    {
        var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots/{FakeLedger.Id(1)}/tally");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (reply.Status, reply.Problem));
    }

    [Theory]
    [InlineData("/v1/chains/nowhere/governance", HttpStatusCode.NotFound)]
    [InlineData("/v1/chains/nowhere/ballots", HttpStatusCode.NotFound)]
    [InlineData("/v1/chains/community/ballots?cursor=AAAA", HttpStatusCode.BadRequest)]
    [InlineData("/v1/chains/community/ballots?limit=501", HttpStatusCode.BadRequest)]
    [InlineData("/v1/chains/community/ballots/xyz", HttpStatusCode.BadRequest)]
    [InlineData("/v1/chains/community/ballots/0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/v1/chains/community/ballots/xyz/tally", HttpStatusCode.BadRequest)]
    [InlineData("/v1/chains/community/ballots/0000000000000000000000000000000000000000000000000000000000000000/tally", HttpStatusCode.NotFound)]
    [InlineData("/v1/chains/community/ballots/0000000000000000000000000000000000000000000000000000000000000000/electors/nobody", HttpStatusCode.BadRequest)]
    public async Task Question_ThatHasNoAnswer_IsAProblem(string path, HttpStatusCode status) =>
        Assert.Equal(status, (await shared.Edge.GetAsync(path)).Status);
}
