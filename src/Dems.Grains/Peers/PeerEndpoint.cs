using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dems.Grains.Peers;

/// <summary>
/// The member's ear: a Kestrel server of its own that speaks HTTP/2 only and knows one address, <c>POST /peer/v1/frames</c>. Nothing of the public API
/// is reachable on its port, and nothing of it on the API's. Whoever may speak is decided by the signature of each frame.
/// </summary>
public sealed class PeerEndpoint : IHostedService, IAsyncDisposable
{
    /// <summary>Where frames are posted.</summary>
    public const string Path = "/peer/v1/frames";

    private readonly WebApplication _server;
    private readonly PeerEndpointOptions _options;
    private readonly IFrameSink _sink;

    /// <summary>Prepares the server; nothing listens before <see cref="StartAsync"/>.</summary>
    public PeerEndpoint(PeerEndpointOptions options, IFrameSink sink, ILoggerFactory loggers)
    {
        _options = options;
        _sink = sink;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.WebHost.UseKestrelCore();
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(Configure);
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The port that is listened on, once started.</summary>
    public int Port { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(cancellationToken);
        var addresses = _server.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        Port = BindingAddress.Parse(addresses.First()).Port;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = _options.MaxRequestBytes;
        kestrel.Limits.Http2.MaxStreamsPerConnection = _options.MaxStreams;
        kestrel.Listen(_options.Address, _options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (_options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate);
            }
        });
    }

    private async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.StatusCode = request switch
        {
            { Path.Value: not Path } => StatusCodes.Status404NotFound,
            { Method: not "POST" } => StatusCodes.Status405MethodNotAllowed,
            { ContentType: not FrameSequence.MediaType } => StatusCodes.Status415UnsupportedMediaType,
            _ => await AcceptAsync(request, context.RequestAborted),
        };
        if (response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }
    }

    /// <summary>A bad frame does not spoil the good ones beside it; the worst outcome is answered.</summary>
    private async Task<int> AcceptAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>>? frames;
        try
        {
            (frames, _) = await FrameSequence.ReadAsync(request.BodyReader, _options.MaxFrameBytes, cancellationToken);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            return e.StatusCode;
        }

        if (frames is null)
        {
            return StatusCodes.Status400BadRequest;
        }

        var outcomes = await Task.WhenAll(frames.Select(frame => _sink.AcceptAsync(frame, cancellationToken)));
        return outcomes.Contains(FrameOutcome.Busy) ? StatusCodes.Status503ServiceUnavailable
            : outcomes.Contains(FrameOutcome.Refused) ? StatusCodes.Status400BadRequest
            : StatusCodes.Status204NoContent;
    }
}
