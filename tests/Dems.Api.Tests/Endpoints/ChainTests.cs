using System.Net;
using Xunit;

namespace Dems.Api.Tests.Endpoints;

public class ChainTests
{
    [Fact]
    public async Task Head_OfAChain_IsWrittenPlainly()
    {
        await using var edge = await ApiEdge.StartAsync();

        var reply = await edge.GetAsync("/v1/chains/community/head");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(
            $$"""
            {"pool":"community","chain":"{{FakeLedger.Id(200)}}","running":true,"height":6,"block":"{{FakeLedger.Id(201)}}","treeSize":53,
            "stateRoot":"{{FakeLedger.Id(202)}}","time":"2023-11-14T22:13:20.25Z","pending":3,"voting":true,"catchingUp":false}
            """.ReplaceLineEndings(""),
            reply.Text);
    }

    [Fact]
    public async Task Members_AndChains_StandInGenesisOrder()
    {
        await using var edge = await ApiEdge.StartAsync();

        Assert.Equal(["utility", "auditor"], (await edge.GetAsync("/v1/members")).Items.Select(m => m.GetProperty("name").GetString()!), StringComparer.Ordinal);
        Assert.Equal(["community"], (await edge.GetAsync("/v1/chains")).Items.Select(m => m.GetProperty("pool").GetString()!), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Entry_ByIndexLeafOrUpperCaseLeaf_IsTheSame()
    {
        await using var edge = await ApiEdge.StartAsync();
        var leaf = FakeLedger.Leaf(12).ToString();

        var byIndex = await edge.GetAsync("/v1/chains/community/entries/12");
        var byLeaf = await edge.GetAsync($"/v1/chains/community/entries/{leaf}");
        var byUpper = await edge.GetAsync($"/v1/chains/community/entries/{leaf.ToUpperInvariant()}");

        Assert.Equal("party_registration", byIndex.Body.GetProperty("kind").GetString());
        Assert.Equal(byIndex.Text, byLeaf.Text);
        Assert.Equal(byIndex.Text, byUpper.Text);
    }

    [Fact]
    public async Task Entry_ThatExecutionRefused_SaysWhy()
    {
        await using var edge = await ApiEdge.StartAsync();

        var outcome = (await edge.GetAsync("/v1/chains/community/entries/12")).Body.GetProperty("outcome");

        Assert.Equal(("refused", "not-allowed"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("cause").GetString()));
        Assert.Equal("The signer may not say this.", outcome.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("/v1/chains/community/blocks/2")]
    [InlineData("/v1/chains/community/entries/12")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=3&size=20")]
    [InlineData("/v1/chains/community/proofs/consistency?from=3&to=20")]
    public async Task Get_WhatNeverChanges_MayBeKeptForever(string path)
    {
        await using var edge = await ApiEdge.StartAsync();

        var reply = await edge.GetAsync(path);

        Assert.Equal("max-age=31536000, immutable", reply.Cache);
        Assert.False(reply.Tag!.IsWeak);
    }

    [Theory]
    [InlineData("/v1/members")]
    [InlineData("/v1/nodes")]
    [InlineData("/v1/chains/community/head")]
    [InlineData("/v1/chains/community/entries/52")]
    [InlineData("/v1/chains/community/proofs/inclusion?index=3")]
    [InlineData("/v1/chains/community/proofs/consistency?from=3")]
    public async Task Get_WhatMayChange_IsAskedForAgain(string path)
    {
        await using var edge = await ApiEdge.StartAsync();

        Assert.Equal("no-cache", (await edge.GetAsync(path)).Cache);
    }

    [Theory]
    [InlineData("{0}", HttpStatusCode.NotModified)]
    [InlineData("W/{0}", HttpStatusCode.NotModified)]
    [InlineData("\"other\", {0}", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("\"other\"", HttpStatusCode.OK)]
    [InlineData("no tag at all", HttpStatusCode.OK)]
    public async Task Get_WithAnEntityTag_AnswersInFullOnlyIfItIsAnother(string ifNoneMatch, HttpStatusCode status)
    {
        await using var edge = await ApiEdge.StartAsync();
        var first = await edge.GetAsync("/v1/chains/community/head");

        var second = await edge.GetAsync("/v1/chains/community/head", ifNoneMatch.Replace("{0}", first.Tag!.Tag, StringComparison.Ordinal));

        Assert.Equal(status, second.Status);
        Assert.Equal(first.Tag, second.Tag);
        Assert.Equal(status == HttpStatusCode.OK ? first.Text : "", second.Text);
    }

    [Fact]
    public async Task Get_AfterAChange_HasAnotherTag()
    {
        await using var edge = await ApiEdge.StartAsync();
        var first = await edge.GetAsync("/v1/chains/community/head");
        edge.Ledger.Head = edge.Ledger.Head with { Height = 7 };

        var second = await edge.GetAsync("/v1/chains/community/head", first.Tag!.Tag);

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.NotEqual(first.Tag, second.Tag);
    }
}
