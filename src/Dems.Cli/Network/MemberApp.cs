using Dems.Api;
using Dems.Contracts.Settlement;
using Dems.Grains.Chains;
using Dems.Grains.Crypto;
using Dems.Grains.Hosting;
using Dems.Grains.Peers;
using Dems.Ingest;
using Dems.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dems.Cli.Network;

/// <summary>One member in this process: its silo, its peer link and, with a port, its public HTTP edge. The only place where all parts meet.</summary>
internal sealed class MemberApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MemberApp(WebApplication app, MemberOptions options)
    {
        (_app, Options) = (app, options);
    }

    public MemberOptions Options { get; }

    public IServiceProvider Services => _app.Services;

    public ChainSites Sites => Services.GetRequiredService<ChainSites>();

    public int PeerPort => Services.GetRequiredService<PeerEndpoint>().Port;

    /// <summary>Builds and starts a member.</summary>
    /// <param name="options">The member.</param>
    /// <param name="verifiers">Shared by the members of the process.</param>
    /// <param name="edge">Address of its HTTP edge; null for none.</param>
    /// <param name="quiet">Whether only problems are logged.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <param name="time">The member's clock; the machine's if null.</param>
    public static async Task<MemberApp> StartAsync(
        MemberOptions options, VerifierPool verifiers, System.Net.IPEndPoint? edge, bool quiet, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "dems" });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(quiet ? LogLevel.Error : LogLevel.Warning);
        builder.Logging.AddFilter("Dems", quiet ? LogLevel.Error : LogLevel.Information);

        // What it warns of (server GC, a machine that slept) does not concern a silo that knows nobody.
        builder.Logging.AddFilter("Orleans", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, edge));
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.AddMember(options, verifiers);
        builder.Services.AddDemsIngest();
        builder.Services.AddDemsApi();
        builder.Services.AddSingleton<ILocalTimes, ZoneTables>();

        var app = builder.Build();
        app.UseDemsApi();
        app.MapDemsApi();
        app.MapDemsIngest();
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new MemberApp(app, options);
    }

    /// <summary>Waits until the process is asked to stop; disposing stops the member.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _app.Lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, System.Net.IPEndPoint? edge)
    {
        kestrel.AddServerHeader = false;
        if (edge is not null)
        {
            kestrel.Listen(edge);
        }
        else
        {
            // Kestrel wants an address; nobody is told this one.
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
        }
    }
}
