using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Dems.Core;
using Dems.Core.Consensus;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Core.Ledger.Execution;
using Dems.Core.Ledger.Merkle;
using Dems.Core.Ledger.Receipts;
using Dems.Grains.Crypto;
using Xunit;

namespace Dems.Api.Tests.Member;

/// <summary>A reading's way through a real member, as a device and a sceptical auditor see it: over HTTP and with nothing believed.</summary>
public sealed class ReadingsWayTests : IDisposable
{
    private static readonly long[] Quantities = [120, 0, 250, 5];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private readonly Es256Signer _party = Es256Signer.Create();
    private readonly Es256Signer _node = Es256Signer.Create();

    [Fact]
    public async Task Batch_SubmittedOverHttp_BecomesFinalProvableAndReadable()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member);
        var batch = member.Sign(Batch(Quantities), 1, _node);

        var (status, answer) = await member.PostAsync(batch, "final", _deadline.Token);

        Assert.Equal(HttpStatusCode.OK, status);
        var entry = answer.GetProperty("entries")[0];
        Assert.Equal("final", entry.GetProperty("outcome").GetString());
        await VerifyAsync(member, entry.GetProperty("content").GetString()!, batch);
        await ReadBackAsync(member, entry.GetProperty("position").GetProperty("height").GetInt64());
        await RetransmitAsync(member, batch, entry.GetProperty("position"));
        await ConflictAsync(member, entry.GetProperty("content").GetString()!);
    }

    [Fact]
    public async Task Batch_ThatExecutionRefuses_IsFinalAndSaysWhyEverywhere()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member);
        await member.PostAsync(member.Sign(Batch(Quantities), 1, _node), "final", _deadline.Token);

        var (status, answer) = await member.PostAsync(member.Sign(Batch([120, 0, 250, 6]), 2, _node), "final", _deadline.Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        var entry = answer.GetProperty("entries")[0];
        Assert.Equal("refused", entry.GetProperty("outcome").GetString());
        var shown = await member.GetAsync($"/v1/chains/{MemberOverHttp.Pool}/entries/{entry.GetProperty("content").GetString()}", _deadline.Token);
        foreach (var outcome in new[] { entry.GetProperty("position").GetProperty("result"), shown.GetProperty("outcome") })
        {
            Assert.Equal(("refused", "revision"), (outcome.GetProperty("status").GetString(), outcome.GetProperty("cause").GetString()));
            Assert.Equal((3, "node"), (outcome.GetProperty("reading").GetInt32(), outcome.GetProperty("signedBy").GetString()));
        }
    }

    [Fact]
    public async Task Receipts_OfABatchAndOfOneReading_ConvinceWhoHoldsGenesisOnly()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member);
        var (_, answer) = await member.PostAsync(member.Sign(Batch(Quantities), 1, _node), "final", _deadline.Token);
        var position = answer.GetProperty("entries")[0].GetProperty("position");
        var path = $"/v1/chains/{MemberOverHttp.Pool}/entries/{position.GetProperty("index").GetInt64()}/receipt";

        var whole = Check(member, position.GetProperty("receipt").GetBytesFromBase64());
        var fetched = Check(member, await member.Client.GetByteArrayAsync(path, _deadline.Token));
        var single = Check(member, await member.Client.GetByteArrayAsync($"{path}?register=import&start=2023-11-14T22:45:00Z", _deadline.Token));

        Assert.Equal(Quantities, whole.Readings.Select(reading => reading.Quantity));
        Assert.Equal((EntryOutcome.Applied, SigningRole.Node), (whole.Result.Outcome, whole.Result.Role));
        Assert.Equal(whole.Result, fetched.Result);
        Assert.Equal(Quantities[2], Assert.Single(single.Readings).Quantity);
        Assert.Null(single.Entry);
        Assert.Equal(HttpStatusCode.NotFound, (await member.Client.GetAsync($"{path}?register=export&start=2023-11-14T22:45:00Z", _deadline.Token)).StatusCode);
    }

    [Fact]
    public async Task Receipt_OfARefusedBatch_ProvesTheRefusal()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member);
        await member.PostAsync(member.Sign(Batch(Quantities), 1, _node), "final", _deadline.Token);

        var (_, answer) = await member.PostAsync(member.Sign(Batch([1]), 2, _node), "final", _deadline.Token);

        var findings = Check(member, answer.GetProperty("entries")[0].GetProperty("position").GetProperty("receipt").GetBytesFromBase64());
        Assert.Equal((EntryOutcome.RefusedRevision, 0), (findings.Result.Outcome, findings.Result.At));
    }

    [Fact]
    public async Task Batch_OfTheLatestIntervalThereIs_CanBeRead()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member);
        var late = new ReadingBatch(
            NodeAddress.Of(_node.PublicKey),
            [new ReadingRun(Register.Import, Reading.MaxStart, Reading.MaxDuration, Quality.Measured, 0, new[] { 1L })]);

        var (status, answer) = await member.PostAsync(member.Sign(late, 1, _node), "final", _deadline.Token);

        Assert.True(status == HttpStatusCode.OK, answer.GetRawText());
        var page = await PageAsync(member, answer.GetProperty("entries")[0].GetProperty("position").GetProperty("height").GetInt64());
        Assert.Equal("6325-04-08T15:04:32Z", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("start").GetString());
        Assert.Equal("future", Assert.Single(page.GetProperty("items")[0].GetProperty("plausibility").EnumerateArray()).GetString());
        var path = $"/v1/nodes/{NodeAddress.Of(_node.PublicKey)}/readings?plausibility=";
        Assert.Equal(1, (await member.GetAsync($"{path}implausible", _deadline.Token)).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await member.GetAsync($"{path}plausible", _deadline.Token)).GetProperty("items").GetArrayLength());
        var node = Assert.Single((await member.GetAsync("/v1/nodes", _deadline.Token)).GetProperty("items").EnumerateArray());
        Assert.Equal("6326-05-13T15:04:32Z", node.GetProperty("until").GetString());
    }

    [Fact]
    public async Task Batch_ThatTheConnectionCannotCarry_IsFinalMarkedAndCounted()
    {
        var counted = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "dems.reading.implausible")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags[0] is { Key: "rule", Value: "AbovePowerLimit" })
            {
                counted.TrySetResult(count);
            }
        });
        listener.Start();
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);
        await RegisterAsync(member, connectionW: 1_000);

        // 1 kW for a quarter of an hour are 250 Wh, and a tenth more is tolerated.
        var (status, answer) = await member.PostAsync(member.Sign(Batch([275, 276, 5]), 1, _node), "final", _deadline.Token);

        Assert.True(status == HttpStatusCode.OK, answer.GetRawText());
        var page = await PageAsync(member, answer.GetProperty("entries")[0].GetProperty("position").GetProperty("height").GetInt64());
        Assert.Equal(
            [(275L, ""), (276L, "above_power_limit"), (5L, "")],
            page.GetProperty("items").EnumerateArray().Select(r => (r.GetProperty("quantityWh").GetInt64(), string.Join(',', r.GetProperty("plausibility").EnumerateArray()))));
        Assert.Equal(1, await counted.Task.WaitAsync(_deadline.Token));
    }

    [Fact]
    public async Task Batch_OfAnUnknownSigner_IsRefusedWithTheFieldAndKeptNowhere()
    {
        await using var member = await MemberOverHttp.StartAsync(_deadline.Token);

        var (status, answer) = await member.PostAsync(member.Sign(Batch(Quantities), 1, _node), "promise", _deadline.Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("signer", answer.GetProperty("field").GetString());
        Assert.False(answer.GetProperty("entries")[0].GetProperty("kept").GetBoolean());
        Assert.Equal(0, (await member.GetAsync($"/v1/chains/{MemberOverHttp.Pool}/head", _deadline.Token)).GetProperty("pending").GetInt32());
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _party.Dispose();
        _node.Dispose();
    }

    private ReadingBatch Batch(long[] quantities) => new(
        NodeAddress.Of(_node.PublicKey), [new ReadingRun(Register.Import, 1_700_000_100, 900, Quality.Measured, 0, quantities)]);

    private async Task RegisterAsync(MemberOverHttp member, long connectionW = 0)
    {
        var source = new EnergySource("grid", Carrier.Electricity, SourceKind.Grid, connectionW, 0);
        byte[][] steps =
        [
            member.Sign(EntryBuilder.PartyRegistration(member.Chain, _party, "a household"), 1, member.Validator),
            member.Sign(EntryBuilder.NodeRegistration(member.Chain, _node, "AT0010000001", NodeAddress.Of(_party.PublicKey), [source], 0), 1, _party),
        ];
        foreach (var step in steps)
        {
            var (status, answer) = await member.PostAsync(step, "final", _deadline.Token);
            Assert.True(status == HttpStatusCode.OK, answer.GetRawText());
        }
    }

    private static ReceiptFindings Check(MemberOverHttp member, byte[] bytes)
    {
        using var verifier = new Es256Verifier();
        Assert.True(ReceiptCodec.TryDecode(bytes, out var receipt, out var error), error.ToString());
        Assert.True(ReceiptRules.TryVerify(receipt, member.Genesis, verifier, out var findings, out error), error.ToString());
        return findings;
    }

    /// <summary>Everything from genesis and the signed bytes: leaf, path, header, certificate.</summary>
    private async Task VerifyAsync(MemberOverHttp member, string content, byte[] batch)
    {
        var entry = await member.GetAsync($"/v1/chains/{MemberOverHttp.Pool}/entries/{content}", _deadline.Token);
        var bytes = entry.GetProperty("bytes").GetBytesFromBase64();
        Assert.True(EntryCodec.TryDecode(bytes, out var opened, out _));
        Assert.Equal(batch, EntryCodec.MessageBytes(opened).ToArray());

        var height = entry.GetProperty("height").GetInt64();
        var block = await member.GetAsync($"/v1/chains/{MemberOverHttp.Pool}/blocks/{height}", _deadline.Token);
        Assert.True(HeaderCodec.TryDecode(block.GetProperty("header").GetBytesFromBase64(), out var header, out _));
        var certificate = block.GetProperty("certificate");
        var signatures = certificate.GetProperty("signatures").EnumerateArray()
            .Select(s => new CommitSignature(s.GetProperty("validator").GetInt32(), Convert.FromHexString(s.GetProperty("signature").GetString()!)));
        var commit = new CommitCertificate(member.Chain, header.Height, certificate.GetProperty("round").GetInt32(), HeaderCodec.Hash(header), [.. signatures]);
        using var verifier = new Es256Verifier();
        Assert.True(CertificateRules.TryVerify(commit, member.Chain, new Height(height), member.Genesis.Validators, verifier, out var error), error);

        var index = entry.GetProperty("index").GetInt64();
        var proof = await member.GetAsync($"/v1/chains/{MemberOverHttp.Pool}/proofs/inclusion?index={index}&size={header.TreeSize}", _deadline.Token);
        var path = proof.GetProperty("path").EnumerateArray().Select(hash => new Hash32(Convert.FromHexString(hash.GetString()!))).ToList();
        Assert.True(new InclusionProof(index, header.TreeSize, path).Verify(LeafHash.Of(bytes).Value, header.TreeSize, header.TreeRoot));
    }

    private async Task ReadBackAsync(MemberOverHttp member, long height)
    {
        var page = await PageAsync(member, height);

        Assert.Equal(Quantities, page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("quantityWh").GetInt64()));
        Assert.Equal("2023-11-14T22:15:00Z", page.GetProperty("items")[0].GetProperty("start").GetString());
    }

    /// <summary>The node's readings once those of a block are in: the query tables follow the chain, and the page says how far they are.</summary>
    private async Task<JsonElement> PageAsync(MemberOverHttp member, long height)
    {
        var page = default(JsonElement);
        while (page.ValueKind == JsonValueKind.Undefined || page.GetProperty("throughHeight").GetInt64() < height)
        {
            page = await member.GetAsync($"/v1/nodes/{NodeAddress.Of(_node.PublicKey)}/readings", _deadline.Token);
            await Task.Delay(TimeSpan.FromMilliseconds(20), _deadline.Token);
        }

        return page;
    }

    private async Task RetransmitAsync(MemberOverHttp member, byte[] batch, JsonElement position)
    {
        var (status, answer) = await member.PostAsync(batch, "promise", _deadline.Token);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.GetProperty("entries")[0].GetProperty("repeated").GetBoolean());
        var again = answer.GetProperty("entries")[0].GetProperty("position");
        Assert.All(again.EnumerateObject(), member => Assert.Equal(position.GetProperty(member.Name).GetRawText(), member.Value.GetRawText()));
        Assert.False(again.TryGetProperty("receipt", out _));
    }

    private async Task ConflictAsync(MemberOverHttp member, string held)
    {
        var (status, answer) = await member.PostAsync(member.Sign(Batch([1]), 1, _node), "promise", _deadline.Token);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(held, answer.GetProperty("heldContent").GetString());
        Assert.NotEqual(held, answer.GetProperty("content").GetString(), StringComparer.Ordinal);
    }
}
