using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Contracts.Submission;
using Dems.Core;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Ingest.Http;
using Dems.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dems.Ingest.Tests.Http;

/// <summary>The endpoint on a real Kestrel on loopback, in front of a <see cref="ScriptedChain"/>, with a device that signs.</summary>
internal sealed class IngestEdge : IAsyncDisposable
{
    public static readonly ChainId ChainId = new(Hash32.Of("a chain"u8));

    private static readonly NodeAddress Node = new(new byte[NodeAddress.Size]);

    private readonly Es256Signer _device = Es256Signer.Create();
    private readonly WebApplication _app;

    private IngestEdge(WebApplication app, ScriptedChain chain)
    {
        (_app, Chain) = (app, chain);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public ScriptedChain Chain { get; }

    public HttpClient Client { get; }

    public static async Task<IngestEdge> StartAsync(Action<HttpIngestOptions>? configure = null)
    {
        var chain = new ScriptedChain(ChainId);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IEntrySubmitter>(chain);
        builder.Services.AddSingleton<ILedgerQueries>(chain);
        builder.Services.AddSingleton<IReceiptDesk>(chain);
        builder.Services.AddSingleton<ISignatureVerifier, Es256Verifier>();
        builder.Services.AddDemsIngest();
        builder.Services.Configure(configure ?? (_ => { }));
        var app = builder.Build();
        app.UseDemsEdge();
        app.MapDemsIngest();
        await app.StartAsync();
        return new IngestEdge(app, chain);
    }

    /// <summary>A signed batch of readings as a device sends it.</summary>
    public byte[] Message(long sequence, int quantity = 100, int readings = 4)
    {
        var quantities = Enumerable.Range(0, readings).Select(i => (long)(quantity + i)).ToArray();
        var batch = new ReadingBatch(Node, [new ReadingRun(Register.Import, 1_700_000_000, 900, Quality.Measured, 0, quantities)]);
        return EntryBuilder.SignMessage(batch, ChainId, sequence, Enumerable.Repeat((byte)7, OpenedEntry.SaltSize).ToArray(), _device);
    }

    public async Task<Reply> PostAsync(byte[] body, string query = "", string? mediaType = "application/cose", bool chunked = false, string? encoding = null)
    {
        HttpContent content = chunked ? new StreamContent(new ChunkedStream(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batches" + query) { Content = content };
        request.Headers.TransferEncodingChunked = chunked ? true : null;
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply(
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.RetryAfter?.Delta,
            JsonDocument.Parse(text).RootElement,
            response.Headers.TryGetValues("Accept", out var accept) ? accept.Single() : null);
    }

    /// <summary>Ends the process, as the edge sees it: what runs may finish.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _device.Dispose();
    }

    /// <summary>An answer, with short names for what most tests look at.</summary>
    public sealed record Reply(HttpStatusCode Status, string? MediaType, TimeSpan? RetryAfter, JsonElement Body, string? Accept)
    {
        public string Problem => Body.GetProperty("type").GetString()!["urn:dems:problem:".Length..];

        public string Detail => Body.GetProperty("detail").GetString()!;

        public IEnumerable<string?> Texts(string property) => Body.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty(property).GetString());

        public JsonElement Entry(int index) => Body.GetProperty("entries")[index];
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class ChunkedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
