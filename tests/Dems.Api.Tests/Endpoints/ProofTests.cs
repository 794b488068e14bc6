using Dems.Core;
using Dems.Core.Ledger.Merkle;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class ProofTests(SharedEdge shared) : IClassFixture<SharedEdge>
{
    [Fact]
    public async Task Inclusion_EveryEntryInEveryTree_Verifies()
    {
        var edge = shared.Edge;
        foreach (var (index, size) in new[] { (0, 1), (0, 53), (52, 53), (31, 32), (31, 33), (32, 33), (40, 50) })
        {
            var reply = await edge.GetAsync($"/v1/chains/community/proofs/inclusion?index={index}&size={size}");

            var path = reply.Body.GetProperty("path").EnumerateArray().Select(hash => Parse(hash.GetString()!)).ToList();
            Assert.Equal(FakeLedger.Leaf(index), Parse(reply.Body.GetProperty("leaf").GetString()!));
            Assert.True(new InclusionProof(index, size, path).Verify(FakeLedger.Leaf(index), size, FakeLedger.Root(size)), $"{index} in {size}");
        }
    }

    [Fact]
    public async Task Proofs_WithoutASize_AreAgainstTheNewestTree()
    {
        var edge = shared.Edge;

        Assert.Equal(FakeLedger.Size, (await edge.GetAsync("/v1/chains/community/proofs/inclusion?index=3")).Body.GetProperty("treeSize").GetInt32());
        Assert.Equal(FakeLedger.Size, (await edge.GetAsync("/v1/chains/community/proofs/consistency?from=3")).Body.GetProperty("secondSize").GetInt32());
    }

    [Theory]
    [InlineData("inclusion?index=3", true)]
    [InlineData("consistency?from=3", true)]
    [InlineData("inclusion?index=3&size=20", false)]
    [InlineData("consistency?from=3&to=20", false)]
    public async Task Proofs_WhileTheChainDoesNotRun_NeedASize(string query, bool refused)
    {
        await using var edge = await ApiEdge.StartAsync();
        edge.Ledger.Head = edge.Ledger.Head with { Running = false };

        var reply = await edge.GetAsync($"/v1/chains/community/proofs/{query}");

        Assert.Equal(refused ? 503 : 200, (int)reply.Status);
        Assert.Equal(refused, reply.RetryAfter is not null);
    }

    private static Hash32 Parse(string text) => Hash32.TryParse(text, out var hash) ? hash : throw new FormatException(text);
}
