using System.Net;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class HealthTests
{
    [Theory]
    [InlineData(true, true, false, HttpStatusCode.OK, "ready", "")]
    [InlineData(true, true, true, HttpStatusCode.OK, "degraded", "chain 'community' is catching up from height 6")]
    [InlineData(true, false, false, HttpStatusCode.OK, "degraded", "the validator does not vote on chain 'community'")]
    public async Task Health_Running_SaysHowWell(bool running, bool voting, bool catchingUp, HttpStatusCode status, string text, string reason)
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Head = edge.Ledger.Head with { Running = running, Voting = voting, CatchingUp = catchingUp };

        var reply = await edge.GetAsync("/health");

        Assert.Equal((status, text), (reply.Status, reply.Body.GetProperty("status").GetString()));
        Assert.Equal(reason, string.Join(';', reply.Body.GetProperty("reasons").EnumerateArray().Select(r => r.GetString())));
    }

    [Fact]
    public async Task Health_ChainStopped_IsNotReadyWithTheReason()
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Head = edge.Ledger.Head with { Running = false };

        var reply = await edge.GetAsync("/health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-ready"), (reply.Status, reply.Problem));
        Assert.Equal("chain 'community' does not run", Assert.Single(reply.Body.GetProperty("reasons").EnumerateArray()).GetString());
        Assert.NotNull(reply.RetryAfter);
    }

    [Fact]
    public async Task Health_QueriesFail_IsNotReadyButAlive()
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Fault = new TimeoutException();

        Assert.Equal("not-ready", (await edge.GetAsync("/health")).Problem);
        Assert.Equal("""{"status":"alive","reasons":[]}""", (await edge.GetAsync("/alive")).Text);
    }
}
