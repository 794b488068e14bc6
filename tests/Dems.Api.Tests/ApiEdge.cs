using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Dems.Contracts.Queries;
using Dems.Contracts.Receipts;
using Dems.Contracts.Settlement;
using Dems.Contracts.Submission;
using Dems.Core.Crypto;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dems.Api.Tests;

/// <summary>The whole edge, API and ingest, on a real Kestrel on loopback in front of a <see cref="FakeLedger"/>.</summary>
internal sealed class ApiEdge : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiEdge(WebApplication app, FakeLedger ledger)
    {
        (_app, Ledger) = (app, ledger);
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public FakeLedger Ledger { get; }

    public HttpClient Client { get; }

    public static async Task<ApiEdge> StartAsync()
    {
        var ledger = new FakeLedger();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ILedgerQueries>(ledger);
        builder.Services.AddSingleton<IReadingQueries>(ledger);
        builder.Services.AddSingleton<IReceiptDesk>(ledger);
        builder.Services.AddSingleton<IGovernanceQueries, FakeBallots>();
        builder.Services.AddSingleton<IPoolQueries, FakePool>();
        builder.Services.AddSingleton<ISettlementDesk, FakeSettlement>();
        builder.Services.AddSingleton<IEntrySubmitter, NoSubmitter>();
        builder.Services.AddSingleton<ISignatureVerifier, Es256Verifier>();
        builder.Services.AddDemsIngest();
        builder.Services.AddDemsApi();
        var app = builder.Build();
        app.UseDemsApi();
        app.MapDemsApi();
        app.MapDemsIngest();
        await app.StartAsync();
        return new ApiEdge(app, ledger);
    }

    public async Task<Reply> GetAsync(string path, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Reply(response.StatusCode, response.Headers.ETag, response.Headers.CacheControl?.ToString(), response.Headers.RetryAfter?.Delta, text);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>An answer, with short names for what most tests look at.</summary>
    public sealed record Reply(HttpStatusCode Status, EntityTagHeaderValue? Tag, string? Cache, TimeSpan? RetryAfter, string Text)
    {
        public JsonElement Body => JsonDocument.Parse(Text).RootElement;

        public string Problem => Body.GetProperty("type").GetString()!["urn:dems:problem:".Length..];

        public IEnumerable<JsonElement> Items => Body.GetProperty("items").EnumerateArray();

        public string? Next => Body.GetProperty("next").GetString();
    }

    private sealed class NoSubmitter : IEntrySubmitter
    {
        public Task<IReadOnlyList<SubmitResult>> SubmitAsync(IReadOnlyList<OpenedEntry> entries, SubmitWait wait, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
