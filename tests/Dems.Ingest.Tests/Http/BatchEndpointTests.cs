using System.Net;
using System.Numerics;
using Dems.Contracts.Queries;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Encoding;
using Xunit;

namespace Dems.Ingest.Tests.Http;

/// <summary>What is taken, and how it is answered.</summary>
public class BatchEndpointTests
{
    [Fact]
    public async Task Post_OneMessage_AnswersWithIdsAndPromises()
    {
        await using var edge = await IngestEdge.StartAsync();

        var reply = await edge.PostAsync(edge.Message(sequence: 1));

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("promise", reply.Body.GetProperty("durability").GetString());
        Assert.False(reply.Body.TryGetProperty("note", out _));
        var entry = reply.Entry(0);
        var held = Assert.Single(edge.Chain.Held);
        Assert.Equal(held.Content.ToString(), entry.GetProperty("content").GetString());
        Assert.Equal(held.Leaf.ToString(), entry.GetProperty("leaf").GetString());
        Assert.Equal("promised", entry.GetProperty("outcome").GetString());
        Assert.True(entry.GetProperty("kept").GetBoolean());
        Assert.False(entry.GetProperty("repeated").GetBoolean());
        Assert.Equal(
            """{"member":2,"latestHeight":17,"treeSize":2,"index":1,"path":["abcd"],"signature":"AQID"}""",
            entry.GetProperty("promises")[1].GetRawText());
    }

    [Theory]
    [InlineData("application/cose")]
    [InlineData("application/cose; cose-type=\"cose-sign1\"")]
    [InlineData("APPLICATION/CBOR-SEQ")]
    public async Task Post_SeveralMessages_AnswersEachInOrder(string mediaType)
    {
        await using var edge = await IngestEdge.StartAsync();
        byte[] body = [.. edge.Message(3), .. edge.Message(1), .. edge.Message(2)];

        var reply = await edge.PostAsync(body, mediaType: mediaType, chunked: true);

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal([3L, 1L, 2L], edge.Chain.Held.Select(e => e.Sequence));
        Assert.Equal(edge.Chain.Held.Select(e => e.Content.ToString()), reply.Texts("content"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Post_HighSignature_IsMadeLowAndKeepsItsContent()
    {
        await using var edge = await IngestEdge.StartAsync();
        var low = edge.Message(1);
        var high = (byte[])low.Clone();
        Negate(high.AsSpan(^32..));
        Assert.False(Es256.IsLowS(high.AsSpan(^Es256.SignatureSize..)));

        var reply = await edge.PostAsync(high);

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(low, EntryCodec.MessageBytes(Assert.Single(edge.Chain.Held)).ToArray());
    }

    [Fact]
    public async Task Post_WaitLocal_SaysWhatThatIsWorth()
    {
        await using var edge = await IngestEdge.StartAsync();

        var reply = await edge.PostAsync(edge.Message(1), "?wait=local");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(SubmitWait.Local, edge.Chain.LastWait);
        Assert.Equal("local", reply.Body.GetProperty("durability").GetString());
        Assert.Equal("stored", reply.Entry(0).GetProperty("outcome").GetString());
        Assert.Contains("disk only", reply.Body.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WaitFinal_AnswersWithThePositionAfterTheBlock()
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Order();

        var pending = edge.PostAsync([.. edge.Message(1), .. edge.Message(2)], "?wait=final");
        await edge.Chain.Submitted;
        Assert.False(pending.IsCompleted);
        edge.Chain.Order();
        var reply = await pending;

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("final", reply.Body.GetProperty("durability").GetString());
        var position = reply.Entry(1).GetProperty("position");
        Assert.Equal("community", position.GetProperty("pool").GetString());
        Assert.Equal((1L, 2L), (position.GetProperty("index").GetInt64(), position.GetProperty("height").GetInt64()));
        Assert.Equal(edge.Chain.Held[1].Leaf.ToString(), position.GetProperty("leaf").GetString());
        Assert.Equal("applied", position.GetProperty("result").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Post_WaitFinalBeforeTheBlockIsExecuted_WaitsForTheResult()
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Execute = _ => null;

        var pending = edge.PostAsync(edge.Message(1), "?wait=final");
        await edge.Chain.Submitted;
        edge.Chain.Order();
        Assert.False(pending.IsCompleted);
        edge.Chain.Execute = _ => new OutcomeView("applied", "It took effect.");
        edge.Chain.Order();
        var reply = await pending;

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("applied", reply.Entry(0).GetProperty("position").GetProperty("result").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Post_WaitFinal_AnswersWithTheReceiptOnceThereIsOne()
    {
        await using var edge = await IngestEdge.StartAsync();
        var issue = edge.Chain.Issue;
        edge.Chain.Issue = _ => null;

        var pending = edge.PostAsync(edge.Message(1), "?wait=final");
        await edge.Chain.Submitted;
        edge.Chain.Order();
        Assert.False(pending.IsCompleted);
        edge.Chain.Issue = issue;
        edge.Chain.Order();
        var entry = (await pending).Entry(0);

        Assert.Equal(issue(entry.GetProperty("content").GetString()!), entry.GetProperty("position").GetProperty("receipt").GetBytesFromBase64());
    }

    [Fact]
    public async Task Post_WaitPromiseOfAFinalEntry_HasNoReceipt()
    {
        await using var edge = await IngestEdge.StartAsync();
        await edge.PostAsync(edge.Message(1));
        edge.Chain.Order();

        var reply = await edge.PostAsync(edge.Message(1));

        Assert.False(reply.Entry(0).GetProperty("position").TryGetProperty("receipt", out _));
    }

    [Theory]
    [InlineData(false, "application/cbor-seq")]
    [InlineData(true, "application/problem+json")]
    public async Task Post_AcceptingASequence_AnswersWithReceiptsOnlyIfNoneWasRefused(bool refused, string mediaType)
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Execute = entry => new OutcomeView("x", "y") { Cause = refused && entry.Sequence == 2 ? "revision" : null };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batches?wait=final") { Content = new ByteArrayContent([.. edge.Message(1), .. edge.Message(2)]) };
        request.Content.Headers.ContentType = new("application/cose");
        request.Headers.Accept.ParseAdd("application/cbor-seq");

        var pending = edge.Client.SendAsync(request);
        await edge.Chain.Submitted;
        edge.Chain.Order();
        using var response = await pending;

        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
        var receipts = edge.Chain.Held.SelectMany(entry => edge.Chain.Issue(entry.Content.ToString())!).ToArray();
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(!refused, Enumerable.SequenceEqual(receipts, body));
    }

    [Fact]
    public async Task Post_WaitFinalOfOneThatExecutionRefuses_IsAProblemThatSaysWhyAndWhere()
    {
        await using var edge = await IngestEdge.StartAsync();
        var refusal = new OutcomeView("refused", "The ledger holds a higher revision.") { Cause = "revision", Reading = 3 };
        edge.Chain.Execute = entry => entry.Sequence == 2 ? refusal : new OutcomeView("duplicate", "It repeats.");

        var pending = edge.PostAsync([.. edge.Message(1), .. edge.Message(2)], "?wait=final");
        await edge.Chain.Submitted;
        edge.Chain.Order();
        var reply = await pending;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("refused", reply.Problem);
        Assert.Contains("The ledger holds a higher revision.", reply.Detail, StringComparison.Ordinal);
        Assert.Equal(["final", "refused"], reply.Texts("outcome"), StringComparer.Ordinal);
        Assert.True(reply.Entry(1).GetProperty("kept").GetBoolean());
        var result = reply.Entry(1).GetProperty("position").GetProperty("result");
        Assert.Equal(("revision", 3), (result.GetProperty("cause").GetString(), result.GetProperty("reading").GetInt32()));
    }

    [Fact]
    public async Task Post_WaitFinalBeyondTheBound_AnswersWithPromisesAndSaysSo()
    {
        await using var edge = await IngestEdge.StartAsync(options => options.FinalTimeout = TimeSpan.Zero);

        var reply = await edge.PostAsync(edge.Message(1), "?wait=final");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("promise", reply.Body.GetProperty("durability").GetString());
        Assert.Contains("Not all are final", reply.Body.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WaitFinalWhenTheProcessStops_IsAnsweredWithThePromises()
    {
        await using var edge = await IngestEdge.StartAsync(options => options.FinalTimeout = TimeSpan.FromMinutes(10));

        var pending = edge.PostAsync(edge.Message(1), "?wait=final");
        await edge.Chain.Submitted;
        await edge.StopAsync();
        var reply = await pending;

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal("promised", reply.Entry(0).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Post_Again_IsAnsweredLikeTheFirstTime()
    {
        await using var edge = await IngestEdge.StartAsync();
        var message = edge.Message(1);
        var first = await edge.PostAsync(message);

        var second = await edge.PostAsync(message);

        Assert.Equal(HttpStatusCode.Accepted, second.Status);
        Assert.Single(edge.Chain.Held);
        Assert.True(second.Entry(0).GetProperty("repeated").GetBoolean());
        Assert.Equal(first.Entry(0).GetProperty("content").GetString(), second.Entry(0).GetProperty("content").GetString());
        Assert.Equal(first.Entry(0).GetProperty("promises").GetRawText(), second.Entry(0).GetProperty("promises").GetRawText());
    }

    [Fact]
    public async Task Post_AgainAfterTheBlockWithAnotherSignature_NamesThePositionOfTheFirst()
    {
        await using var edge = await IngestEdge.StartAsync();
        await edge.PostAsync(edge.Message(1));
        edge.Chain.Order();

        // ECDSA draws a fresh nonce: the same content in other bytes.
        var reply = await edge.PostAsync(edge.Message(1));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var entry = reply.Entry(0);
        Assert.Equal("final", entry.GetProperty("outcome").GetString());
        Assert.NotEqual(entry.GetProperty("leaf").GetString(), entry.GetProperty("position").GetProperty("leaf").GetString(), StringComparer.Ordinal);
        Assert.Equal(edge.Chain.Held[0].Leaf.ToString(), entry.GetProperty("position").GetProperty("leaf").GetString());
    }

    [Fact]
    public async Task Post_BodyOfExactlyTheBound_IsTaken()
    {
        await using var device = await IngestEdge.StartAsync();
        var message = device.Message(1);

        // The same message over and over: retransmissions within one request.
        var body = Enumerable.Repeat(message, EntryEnvelope.MaxMessageBytes / message.Length + 1).SelectMany(m => m).ToArray();
        await using var edge = await IngestEdge.StartAsync(options => options.MaxBodyBytes = body.Length);

        var reply = await edge.PostAsync(body, chunked: true);

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Single(edge.Chain.Held);
    }

    // s becomes n − s, as signers do that do not care (SEC 2, order of P-256).
    private static void Negate(Span<byte> s)
    {
        var order = new BigInteger(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        var negated = order - new BigInteger(s, isUnsigned: true, isBigEndian: true);
        s.Clear();
        var bytes = negated.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(s[^bytes.Length..]);
    }
}
