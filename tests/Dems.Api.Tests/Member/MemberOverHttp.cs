using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Dems.Core.Crypto;
using Dems.Core.Energy;
using Dems.Core.Ledger;
using Dems.Core.Ledger.Encoding;
using Dems.Core.Ledger.Entries;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dems.Api.Tests.Member;

/// <summary>A network of one real member (silo, replica, SQLite in a temporary folder), spoken to over HTTP only.</summary>
internal sealed class MemberOverHttp : IAsyncDisposable
{
    public const string Pool = "community";

    private readonly VerifierPool _verifiers;
    private readonly WebApplication _app;
    private readonly string _folder;

    private MemberOverHttp(WebApplication app, VerifierPool verifiers, string folder, Genesis genesis, Es256Signer validator)
    {
        (_app, _verifiers, _folder, Genesis, Validator) = (app, verifiers, folder, genesis, validator);
        Client = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()) };
    }

    public Genesis Genesis { get; }

    public ChainId Chain => Genesis.ChainOf(Pool);

    public Es256Signer Validator { get; }

    public HttpClient Client { get; }

    public static async Task<MemberOverHttp> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("dems-api-").FullName;
        var validator = KeyFile.Create(Path.Combine(folder, MemberFolder.ValidatorKeyName));
        var genesis = new Genesis
        {
            Network = "alone",
            CreatedAt = new BlockTime(1_700_000_000_000),
            Members = [new GenesisMember("only", validator.PublicKey)],
            Pools = [new GenesisPool(Pool, "Europe/Vienna", [Carrier.Electricity])],
        };
        await MemberFolder.InitializeAsync(folder, genesis, cancellationToken);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var verifiers = new VerifierPool();
        builder.AddMember(
            new MemberOptions
            {
                Genesis = genesis,
                Member = 0,
                DataFolder = folder,
                Validator = validator,
                Peers = new Dictionary<int, Uri>(),
                SiloPort = FreePort(),
            },
            verifiers);
        builder.Services.AddDemsIngest();
        builder.Services.AddDemsApi();
        var app = builder.Build();
        app.UseDemsApi();
        app.MapDemsApi();
        app.MapDemsIngest();
        await app.StartAsync(cancellationToken);
        return new MemberOverHttp(app, verifiers, folder, genesis, validator);
    }

    public byte[] Sign(EntryBody body, long sequence, ISigner signer) =>
        EntryBuilder.SignMessage(body, Chain, sequence, RandomNumberGenerator.GetBytes(OpenedEntry.SaltSize), signer);

    /// <summary>Posts until the member takes it or refuses it: one that has only just started is busy, and says so.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(byte[] body, string wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await PostOnceAsync(body, wait, cancellationToken);
            if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                return answer;
            }
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostOnceAsync(byte[] body, string wait, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cose");
        using var response = await Client.PostAsync($"/v1/batches?wait={wait}", content, cancellationToken);
        return (response.StatusCode, await ReadAsync(response, cancellationToken));
    }

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await Client.GetAsync(path, cancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await ReadAsync(response, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _verifiers.Dispose();
        Validator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)).RootElement;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
