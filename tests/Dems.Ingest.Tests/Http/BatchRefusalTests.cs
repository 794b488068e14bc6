using System.Net;
using System.Text.Json;
using CsCheck;
using Dems.Contracts.Submission;
using Xunit;

namespace Dems.Ingest.Tests.Http;

/// <summary>What is not taken, and what the sender learns.</summary>
public class BatchRefusalTests
{
    [Fact]
    public async Task Post_OtherContentUnderASequence_NamesBothContents()
    {
        await using var edge = await IngestEdge.StartAsync();
        var first = await edge.PostAsync(edge.Message(1, quantity: 100));

        var second = await edge.PostAsync(edge.Message(1, quantity: 200));

        Assert.Equal((HttpStatusCode.Conflict, "sequence-taken"), (second.Status, second.Problem));
        Assert.Equal("application/problem+json", second.MediaType);
        Assert.Equal(first.Entry(0).GetProperty("content").GetString(), second.Body.GetProperty("heldContent").GetString());
        Assert.Equal(second.Entry(0).GetProperty("content").GetString(), second.Body.GetProperty("content").GetString());
        Assert.NotEqual(second.Body.GetProperty("heldContent").GetString(), second.Body.GetProperty("content").GetString(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Post_GoodAndBadMessages_KeepsTheGoodAndNamesTheBad()
    {
        await using var edge = await IngestEdge.StartAsync();
        var forged = edge.Message(2);
        forged[^1] ^= 1;

        var reply = await edge.PostAsync([.. edge.Message(1), .. forged, .. edge.Message(3)]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-entry"), (reply.Status, reply.Problem));
        Assert.Equal([1L, 3L], edge.Chain.Held.Select(e => e.Sequence));
        Assert.Equal(1, reply.Body.GetProperty("entry").GetInt32());
        Assert.Equal("message.signature", reply.Body.GetProperty("field").GetString());
        Assert.Equal([true, false, true], reply.Body.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("kept").GetBoolean()));
        Assert.Equal("Signature", reply.Entry(1).GetProperty("code").GetString());
        Assert.Contains("kept need no sending again", reply.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_ConflictBesideInvalid_IsUnprocessable()
    {
        await using var edge = await IngestEdge.StartAsync();
        await edge.PostAsync(edge.Message(1, quantity: 100));

        var reply = await edge.PostAsync([.. edge.Message(1, quantity: 200), 0x01]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-entry"), (reply.Status, reply.Problem));
        Assert.Equal(["sequence-taken", "invalid"], reply.Texts("outcome"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Post_RefusedBySigner_SaysFieldAndReason()
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Answer = entry => new SubmitResult(SubmitOutcome.Refused, entry.Content.ToString()) { Field = "signer", Reason = "is not delegated" };

        var reply = await edge.PostAsync(edge.Message(1));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-entry"), (reply.Status, reply.Problem));
        Assert.Equal(("signer", "is not delegated"), (reply.Body.GetProperty("field").GetString(), reply.Body.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_BodyAboveTheBound_IsTooLarge(bool chunked)
    {
        await using var edge = await IngestEdge.StartAsync(options => options.MaxBodyBytes = 100_000);

        var reply = await edge.PostAsync(new byte[100_001], chunked: chunked);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (reply.Status, reply.Problem));
        Assert.Equal(100_000, reply.Body.GetProperty("limitBytes").GetInt32());
        Assert.Empty(edge.Chain.Held);
    }

    [Fact]
    public async Task Post_EntryAboveItsBound_IsTooLargeAndTheOthersAreKept()
    {
        await using var edge = await IngestEdge.StartAsync();
        byte[] huge = [0x5A, 0x00, 0x01, 0x00, 0x00, .. new byte[0x10000]];

        var reply = await edge.PostAsync([.. huge, .. edge.Message(1)]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (reply.Status, reply.Problem));
        Assert.Equal(0, reply.Body.GetProperty("entry").GetInt32());
        Assert.Single(edge.Chain.Held);
    }

    [Fact]
    public async Task Post_TooManyEntries_KeepsNothing()
    {
        await using var edge = await IngestEdge.StartAsync(options => options.MaxEntries = 2);

        var reply = await edge.PostAsync([.. edge.Message(1), .. edge.Message(2), .. edge.Message(3)]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-many-entries"), (reply.Status, reply.Problem));
        Assert.Empty(edge.Chain.Held);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json", null)]
    [InlineData("application/cose; cose-type=\"cose-encrypt0\"", null)]
    [InlineData("application/cose", "gzip")]
    public async Task Post_OtherMediaType_NamesThoseTaken(string? mediaType, string? encoding)
    {
        await using var edge = await IngestEdge.StartAsync();

        var reply = await edge.PostAsync(edge.Message(1), mediaType: mediaType, encoding: encoding);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (reply.Status, reply.Problem));
        Assert.Equal("application/cose, application/cbor-seq", reply.Accept);
        Assert.Empty(edge.Chain.Held);
    }

    [Fact]
    public async Task Post_TruncatedMessage_SaysWhereTheSequenceEnds()
    {
        await using var edge = await IngestEdge.StartAsync();
        var message = edge.Message(1);

        var reply = await edge.PostAsync([.. message, .. message[..^1]]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-body"), (reply.Status, reply.Problem));
        Assert.Equal((1, message.Length), (reply.Body.GetProperty("entry").GetInt32(), reply.Body.GetProperty("offset").GetInt32()));
        Assert.Empty(edge.Chain.Held);
    }

    [Fact]
    public async Task Post_EmptyBody_IsRefused()
    {
        await using var edge = await IngestEdge.StartAsync();

        var reply = await edge.PostAsync([]);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-body"), (reply.Status, reply.Problem));
    }

    [Theory]
    [InlineData("?wait=forever", "wait")]
    [InlineData("?wait=", "wait")]
    [InlineData("?wait=local&wait=final", "wait")]
    [InlineData("?wiat=local", "wiat")]
    public async Task Post_WrongParameter_IsNamed(string query, string parameter)
    {
        await using var edge = await IngestEdge.StartAsync();

        var reply = await edge.PostAsync(edge.Message(1), query);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-parameter"), (reply.Status, reply.Problem));
        Assert.Equal(parameter, reply.Body.GetProperty("parameter").GetString());
        Assert.Empty(edge.Chain.Held);
    }

    [Theory]
    [InlineData(SubmitOutcome.Busy, true, HttpStatusCode.TooManyRequests, "busy", "busy", false)]
    [InlineData(SubmitOutcome.Busy, false, HttpStatusCode.ServiceUnavailable, "unavailable", "unavailable", false)]
    [InlineData(SubmitOutcome.Unpromised, true, HttpStatusCode.ServiceUnavailable, "unpromised", "unpromised", true)]
    public async Task Post_MemberCannotTakeIt_SaysWhenToTryAgain(SubmitOutcome outcome, bool running, HttpStatusCode status, string problem, string standing, bool kept)
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Running = running;
        edge.Chain.Answer = entry => new SubmitResult(outcome, entry.Content.ToString()) { Reason = "Told to." };

        var reply = await edge.PostAsync(edge.Message(1));

        Assert.Equal((status, problem), (reply.Status, reply.Problem));
        Assert.NotNull(reply.RetryAfter);
        Assert.Equal((standing, kept), (reply.Entry(0).GetProperty("outcome").GetString(), reply.Entry(0).GetProperty("kept").GetBoolean()));
    }

    [Fact]
    public async Task Post_MemberTimesOut_IsUnavailable()
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Answer = _ => throw new TimeoutException();

        var reply = await edge.PostAsync(edge.Message(1));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), (reply.Status, reply.Problem));
        Assert.NotNull(reply.RetryAfter);
    }

    [Fact]
    public async Task Post_MemberFails_KeepsTheCauseToItself()
    {
        await using var edge = await IngestEdge.StartAsync();
        edge.Chain.Answer = _ => throw new InvalidOperationException("/secret/path");

        var reply = await edge.PostAsync(edge.Message(1));

        Assert.Equal((HttpStatusCode.InternalServerError, "fault"), (reply.Status, reply.Problem));
        Assert.DoesNotContain("secret", reply.Body.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AnyBytes_NeverFailsAndKeepsNothing()
    {
        await using var edge = await IngestEdge.StartAsync();
        var message = edge.Message(1);
        var mutated = Gen.Select(Gen.Int[0, message.Length - 1], Gen.Byte[1, 255], (at, mask) =>
        {
            var bytes = (byte[])message.Clone();
            bytes[at] ^= mask;
            return bytes;
        });

        await Gen.OneOf(Gen.Byte.Array[0, 200], mutated).SampleAsync(
            async body =>
            {
                var reply = await edge.PostAsync(body);
                Assert.True(reply.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge, $"{reply.Status}: {reply.Body}");
                Assert.Equal(JsonValueKind.String, reply.Body.GetProperty("detail").ValueKind);
            },
            iter: TestScale.Times(300),
            threads: 1);

        Assert.Empty(edge.Chain.Held);
    }
}
