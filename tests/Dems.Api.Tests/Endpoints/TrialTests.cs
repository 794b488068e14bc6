using System.Net;
using System.Text;
using System.Text.Json;
using Dems.Core.Allocation.Encoding;
using Dems.Core.Ledger;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class TrialTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Trial_OfAPolicyInTheBody_ReachesThePoolInItsCanonicalForm()
    {
        var (status, body) = await PostAsync("/v1/chains/community/trials?carrier=natural_gas&days=3", PolicyJson.Write(PoolTerms.Default.Policy));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("natural_gas", 3), (body.GetProperty("carrier").GetString(), body.GetProperty("days").GetInt32()));
        Assert.Equal(PolicyCodec.Encode(PoolTerms.Default.Policy).Length, body.GetProperty("intervals").GetInt32());
    }

    [Theory]
    [InlineData("/v1/chains/community/trials", "{}", HttpStatusCode.BadRequest, "policy")]
    [InlineData("/v1/chains/community/trials?carrier=heat", null, HttpStatusCode.BadRequest, "policy")]
    [InlineData("/v1/chains/community/trials?carrier=steam", null, HttpStatusCode.BadRequest, "carrier")]
    [InlineData("/v1/chains/community/trials?days=32", null, HttpStatusCode.BadRequest, "days")]
    public async Task Trial_OfWhatCannotBeTried_NamesWhatIsWrong(string path, string? policy, HttpStatusCode status, string parameter)
    {
        var (given, body) = await PostAsync(path, policy ?? PolicyJson.Write(PoolTerms.Default.Policy));

        Assert.Equal((status, parameter), (given, body.GetProperty("parameter").GetString()));
    }

    [Fact]
    public async Task Trial_OfAnUnknownPool_IsNotFound() =>
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync("/v1/chains/nowhere/trials", PolicyJson.Write(PoolTerms.Default.Policy))).Status);

    [Fact]
    public async Task Trial_LongerThanAnyPolicy_IsTooLarge() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/v1/chains/community/trials", new string(' ', 513 * 1024))).Status);

    [Fact]
    public async Task Trial_OfABallotThatChangesNoRule_IsNotFound()
    {
        var reply = await shared.Edge.GetAsync($"/v1/chains/community/ballots/{FakeLedger.Id(2)}/trial");

        Assert.Equal((HttpStatusCode.NotFound, "trial"), (reply.Status, reply.Body.GetProperty("resource").GetString()));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string policy)
    {
        using var content = new StringContent(policy, Encoding.UTF8, "application/json");
        using var response = await shared.Edge.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }
}
